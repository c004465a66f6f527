/** What the limits send: for each scenario, its response made beforehand, once and as often as requests may be pipelined. */
import { firstId, type Scenario, scenarios } from "../scenarios.ts";

/** The responses of a scenario, and the length of its requests, by which they are counted. */
export interface ConstantResponses {
  scenario: string;
  requestLength: number;
  /** At index n, n responses in one buffer. */
  responses: readonly Buffer[];
}

function responseOf(scenario: Scenario): Buffer {
  const { mediaType, content } = scenario.answer(firstId);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${mediaType}; charset=utf-8\r\nDate: ${new Date().toUTCString()}\r\n`;
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
}

/** For every scenario. */
export const constantResponses: readonly ConstantResponses[] = scenarios.map((scenario) => {
  const response = responseOf(scenario);
  return {
    scenario: scenario.name,
    requestLength: Buffer.byteLength(scenario.request(firstId)),
    responses: Array.from({ length: 65 }, (_, count) =>
      scenario.depth === 1 && count > 1 ? response : Buffer.concat(Array<Buffer>(count).fill(response)),
    ),
  };
});
