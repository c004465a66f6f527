/** The posts a new blog begins with, oldest first. Their migration reads them: what changes here, only new blogs see. */

interface Reply {
  readonly author: string;
  readonly text: string;
  readonly hoursLater: number;
}

interface FirstPost {
  readonly slug: string;
  readonly title: string;
  readonly daysAgo: number;
  readonly body: string;
  /** Below `public/`. */
  readonly picture?: string | undefined;
  readonly replies: readonly Reply[];
}

export const firstPosts: readonly FirstPost[] = [
  {
    slug: "a-notebook-beside-the-keyboard",
    title: "A notebook beside the keyboard",
    daysAgo: 211,
    body: `I own four note-taking programs, and all of them are better than paper. They search, they sync, they never smudge. And still the thing that lies open while I work is a squared notebook with a broken spine.

It took me a while to see why. A program asks where a note belongs before I know what it is. Paper asks nothing. I write the half of the thought I have, draw an arrow to the half I had yesterday, and cross both out when the third one turns up. The crossing-out is the point: a wrong idea that stays visible keeps me from having it again.

So the rule on this desk is simple. What I am sure of goes into the computer, where others can find it. What I am not sure of goes on paper, where only I have to forgive it.`,
    replies: [
      {
        author: "Marit",
        text: "The crossing-out! I have been looking for that sentence for years. Mine is a stack of index cards, same principle.",
        hoursLater: 5,
      },
      {
        author: "J. Okafor",
        text: "Counterpoint: I lost a notebook on a train in 2019 and with it a year of half thoughts.\n\nThen again, I could not tell you one of them.",
        hoursLater: 29,
      },
    ],
  },
  {
    slug: "the-kettle-that-knew-about-back-pressure",
    title: "The kettle that knew about back-pressure",
    picture: "pictures/kettle.svg",
    daysAgo: 168,
    body: `My grandmother’s kettle had a whistle you could hear from the garden. When the steam came faster than the whistle could let it out, the lid began to lift, and the flame was turned down by whoever stood nearest. Nobody called it flow control.

Most of the software I have repaired lately lacked exactly this: a lid that lifts. Something produces, something consumes, and between them lies a queue that is said to be long enough. It is long enough on a Tuesday. On the last Friday of the month it is full at ten past nine, and then everything in it is late, including the messages that say so.

The mending is rarely a longer queue. It is a way for the slow end to say "not now", and a fast end that listens. A bounded buffer, a refusal with a date on it, a person at the stove. The whistle is not the failure. The whistle is the interface.`,
    replies: [
      {
        author: "Teodora",
        text: "“It is long enough on a Tuesday” is going on the wall next to our dashboard.",
        hoursLater: 3,
      },
    ],
  },
  {
    slug: "zürich-before-seven",
    title: "Zürich before seven",
    picture: "pictures/lake.svg",
    daysAgo: 127,
    body: `At half past five the lake belongs to the swans and the street sweepers. The first tram comes down the Bellevue with its lights still on, one passenger asleep against the glass, and for two stops the city is a model of itself: everything works, and nobody is using it.

I had come for a conference and remember almost nothing of it. What I remember is the baker in the Niederdorf who sold me yesterday’s bread at half the price, and explained, while wrapping it, that bread is only finished on the second day. The first day it is still deciding.

I think about that more than about any of the talks. We ship things on the first day because we are proud of them and hungry. Some of them, a little patience would have made into bread.`,
    replies: [
      {
        author: "Béatrice",
        text: "The sweepers start at four. By half past five they are having coffee.",
        hoursLater: 11,
      },
      { author: "Lukas", text: "Which baker? Asking for tomorrow.", hoursLater: 14 },
      { author: "Béatrice", text: "If you have to ask, it will be sold out.", hoursLater: 15 },
    ],
  },
  {
    slug: "sharpening-slowly",
    title: "Sharpening, slowly",
    daysAgo: 89,
    body: `There is a moment in sharpening a plane iron when nothing seems to happen. You have found the angle, the stone is wet, the steel goes back and forth, and for ten minutes the edge is exactly as blunt as before. Then the burr turns over, all along the edge at once, and it is done.

Learning has that shape more often than I would like. I spent most of June on a chapter about parsers and could have sworn on any given evening that I was not a line further. There was no evening on which I understood it. There was only a morning on which I noticed that I had.

What helps is to count strokes instead of progress. Fifty, turn the iron, fifty more. The stone does not need you to believe in it.`,
    replies: [
      {
        author: "Henk",
        text: "As a joiner: yes. And stop when the burr turns. Half of all blunt tools were sharp ten minutes earlier.",
        hoursLater: 22,
      },
    ],
  },
  {
    slug: "a-garden-has-no-undo",
    title: "A garden has no undo",
    daysAgo: 52,
    body: `In spring I cut the old pear back too far. I knew it while the saw was still in the wood. There is no command for putting a branch back, and for the rest of the year I have had it in view from the kitchen.

It is doing well, as it happens. It has answered with a thicket of straight young shoots, none of them where I would have had them, and some of them, I have to admit, better placed. A tree does not restore a previous state. It goes on from this one.

I still want an undo in every program I use. But I have begun to ask, before I reach for it, what going on from here would look like. Often it is less work, and now and then there are pears.`,
    replies: [
      {
        author: "Marit",
        text: "Leave three of the new shoots and take out the rest in August. You will have fruit in two years.",
        hoursLater: 8,
      },
      {
        author: "Sunniva",
        text: "“It goes on from this one.” Thank you for that, this week of all weeks.",
        hoursLater: 60,
      },
    ],
  },
  {
    slug: "read-the-error-message",
    title: "Read the error message",
    daysAgo: 24,
    body: `The advice is so plain that it sounds rude, so I give it to myself: read the error message. Not the first line, not the colour of it. All of it, aloud if nobody is near.

For years I treated messages as a bell. It rang, I knew that something was wrong, and I went to look for it in the place where I had last been unsure of myself. That place is usually full of things that are fine.

A good message is a letter from somebody who stood where you are standing and knew more than you do now. It says what was expected, what was found instead, and what to try. Writing one takes a quarter of an hour. I have started to keep that quarter of an hour in the plan, next to the tests, because the reader of the message is nearly always me, in November, with a cold.`,
    replies: [
      {
        author: "Teodora",
        text: "We added “found:” to every validation error last spring. Support mail went down by a third. I wish I were exaggerating.",
        hoursLater: 2,
      },
      {
        author: "Idris",
        text: "And please: put the file name in it. If there is a file, there is a name.",
        hoursLater: 6,
      },
    ],
  },
  {
    slug: "what-the-tide-table-knows",
    title: "What the tide table knows",
    picture: "pictures/tide.svg",
    daysAgo: 3,
    body: `On the island where we spent the last week of October, the shop opens with the tide. There is a table on the door, printed in a font nobody has chosen, with four times a day for every day of the year. People plan weddings by it.

What I like about the table is how little it claims. It does not say whether the crossing will be pleasant, or whether you should go. It says when the water will be where, to the minute, a year in advance, because that is the part that can be known. The rest it leaves to you and to the window.

I would like to write more documents of this kind. Not everything there is to say about a thing, with advice. Only what holds, in the order in which it will be needed, on one sheet that survives the rain.`,
    replies: [
      {
        author: "Henk",
        text: "The harbour master here adds one handwritten word a day below the table. Yesterday it was “no”.",
        hoursLater: 9,
      },
      { author: "Sunniva", text: "That is the whole of operations, in one anecdote.", hoursLater: 12 },
    ],
  },
];
