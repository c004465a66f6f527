/** Routes in the shape of the API of a site that hosts code: what a large application looks like to a router. */

/** A route of the list. */
export interface Route {
  method: string;
  pattern: string;
}

/** Per line: a resource, the methods of the list, the name of a member, the methods of a member, parts of a member. */
const resources: readonly [path: string, list: string, member?: string, methods?: string, parts?: string][] =
  [
    ["/status", "GET"],
    ["/feeds", "GET"],
    ["/emojis", "GET"],
    ["/limits", "GET"],
    ["/markdown", "POST"],
    ["/search/code", "GET"],
    ["/search/issues", "GET"],
    ["/search/users", "GET"],
    ["/search/repositories", "GET"],
    ["/user", "GET PATCH"],
    ["/user/emails", "GET POST DELETE"],
    ["/user/followers", "GET"],
    ["/user/following", "GET", ":login", "GET PUT DELETE"],
    ["/user/keys", "GET POST", ":key", "GET DELETE"],
    ["/user/issues", "GET"],
    ["/user/repositories", "GET POST"],
    ["/user/starred", "GET", ":owner/:repo", "GET PUT DELETE"],
    ["/users", "GET", ":login", "GET", "followers following keys organisations repositories starred events"],
    ["/notifications", "GET PUT", "threads/:thread", "GET PATCH", "subscription"],
    ["/snippets", "GET POST", ":snippet", "GET PATCH DELETE", "commits forks star"],
    ["/snippets/:snippet/comments", "GET POST", ":comment", "GET PATCH DELETE"],
    ["/organisations", "GET", ":organisation", "GET PATCH", "events issues repositories"],
    ["/organisations/:organisation/members", "GET", ":login", "GET PUT DELETE"],
    ["/organisations/:organisation/teams", "GET POST", ":team", "GET PATCH DELETE", "repositories"],
    ["/organisations/:organisation/teams/:team/members", "GET", ":login", "GET PUT DELETE"],
    ["/organisations/:organisation/hooks", "GET POST", ":hook", "GET PATCH DELETE", "deliveries"],
    [
      "/repos",
      "GET",
      ":owner/:repo",
      "GET PATCH DELETE",
      "contributors languages tags topics stargazers readme",
    ],
    ["/repos/:owner/:repo/issues", "GET POST", ":number", "GET PATCH", "events timeline lock"],
    ["/repos/:owner/:repo/issues/:number/comments", "GET POST", ":comment", "GET PATCH DELETE"],
    ["/repos/:owner/:repo/issues/:number/labels", "GET POST PUT DELETE", ":label", "DELETE"],
    ["/repos/:owner/:repo/issues/:number/assignees", "POST DELETE"],
    ["/repos/:owner/:repo/pulls", "GET POST", ":number", "GET PATCH", "commits files merge"],
    ["/repos/:owner/:repo/pulls/:number/comments", "GET POST", ":comment", "GET PATCH DELETE"],
    ["/repos/:owner/:repo/pulls/:number/reviews", "GET POST", ":review", "GET PUT DELETE", "events"],
    ["/repos/:owner/:repo/commits", "GET", ":reference", "GET", "comments status checks"],
    ["/repos/:owner/:repo/branches", "GET", ":branch", "GET", "protection"],
    ["/repos/:owner/:repo/labels", "GET POST", ":label", "GET PATCH DELETE"],
    ["/repos/:owner/:repo/milestones", "GET POST", ":milestone", "GET PATCH DELETE", "labels"],
    // Before the member, because for some routers the first that fits wins.
    ["/repos/:owner/:repo/releases/latest", "GET"],
    ["/repos/:owner/:repo/releases", "GET POST", ":release", "GET PATCH DELETE", "assets"],
    ["/repos/:owner/:repo/hooks", "GET POST", ":hook", "GET PATCH DELETE", "deliveries"],
    ["/repos/:owner/:repo/keys", "GET POST", ":key", "GET DELETE"],
    ["/repos/:owner/:repo/forks", "GET POST"],
    ["/repos/:owner/:repo/events", "GET"],
    ["/repos/:owner/:repo/collaborators", "GET", ":login", "GET PUT DELETE", "permission"],
    ["/repos/:owner/:repo/git/blobs", "POST", ":sha", "GET"],
    ["/repos/:owner/:repo/git/trees", "POST", ":sha", "GET"],
    ["/repos/:owner/:repo/git/refs", "GET POST", ":reference", "GET PATCH DELETE"],
    ["/repos/:owner/:repo/statistics/activity", "GET"],
    ["/repos/:owner/:repo/statistics/participation", "GET"],
    ["/repos/:owner/:repo/actions/runs", "GET", ":run", "GET DELETE", "jobs logs artifacts"],
    ["/repos/:owner/:repo/actions/workflows", "GET", ":workflow", "GET", "runs"],
    ["/repos/:owner/:repo/actions/secrets", "GET", ":secret", "GET PUT DELETE"],
    ["/repos/:owner/:repo/environments", "GET", ":environment", "GET PUT DELETE", "variables"],
    ["/repos/:owner/:repo/pages", "GET POST PUT DELETE", "builds/:build", "GET"],
    ["/repos/:owner/:repo/invitations", "GET", ":invitation", "PATCH DELETE"],
    ["/repos/:owner/:repo/security/advisories", "GET POST", ":advisory", "GET PATCH", "forks"],
    ["/repos/:owner/:repo/security/alerts", "GET", ":alert", "GET PATCH", "instances"],
    ["/organisations/:organisation/projects", "GET POST", ":project", "GET PATCH DELETE", "columns views"],
    ["/organisations/:organisation/secrets", "GET", ":secret", "GET PUT DELETE", "repositories"],
    ["/organisations/:organisation/invitations", "GET POST", ":invitation", "DELETE", "teams"],
    ["/packages", "GET", ":package", "GET DELETE", "versions"],
    ["/repos/:owner/:repo/deployments", "GET POST", ":deployment", "GET DELETE", "statuses"],
  ];

function routesOf(methods: string, pattern: string): Route[] {
  return methods.split(" ").map((method) => ({ method, pattern }));
}

/** Some 250 routes. */
export const apiRoutes: readonly Route[] = resources.flatMap(([path, list, member, methods = "", parts]) => {
  const routes = routesOf(list, path);
  if (member === undefined) return routes;
  routes.push(...routesOf(methods, `${path}/${member}`));
  for (const part of parts?.split(" ") ?? []) routes.push(...routesOf("GET", `${path}/${member}/${part}`));
  return routes;
});
