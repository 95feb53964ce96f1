/** Reads texts beside the page, so that typing never waits for what is said of it. */
import { diffPacts } from '#engine/pact/diff/diff.ts';
import { EditError } from '#engine/pact/edit/apply.ts';
import { editPact } from '#engine/pact/edit/edit.ts';
import { examineFault, examinePact } from '#engine/pact/examine.ts';
import { parsePact } from '#engine/pact/parse.ts';
import { PactError } from '#engine/pact/problem.ts';
import type { Answers, Question, Reply } from './questions.ts';

const answers: { [K in keyof Answers]: (asked: Answers[K]['asked']) => Answers[K]['answer'] } = {
  examine: ({ text }) => {
    try {
      return examinePact(parsePact(text));
    } catch (error) {
      if (error instanceof PactError) return examineFault(error);
      throw error;
    }
  },
  edit: ({ text, edits }) => editPact(text, edits),
  compare: ({ from, to }) => diffPacts(parsePact(from).pact, parsePact(to).pact).map(({ text }) => text),
};

const answer = (question: Question): unknown =>
  (answers[question.kind] as (asked: unknown) => unknown)(question.asked);

addEventListener('message', ({ data: question }: MessageEvent<Question>) => {
  const { id } = question;
  let reply: Reply;
  try {
    reply = { id, answer: answer(question), error: null };
  } catch (error) {
    const known = error instanceof PactError || error instanceof EditError;
    reply = {
      id,
      answer: null,
      error: known ? error.message : `The text could not be read: ${String(error)}`,
    };
  }
  postMessage(reply);
});
