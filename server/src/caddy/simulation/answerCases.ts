import type { AnswerCase } from '../../model/explanation';
import { listedLines } from './merge';
import type { SimulatedResponse } from './simulate';
import type { WorldResult } from './world';

/** The worlds of a request as the cases that explain its answer. */
export function answerCases(worlds: readonly WorldResult<SimulatedResponse>[]): readonly AnswerCase[] {
	return worlds.map(({ result, decisions }): AnswerCase => {
		const lines = new Map<string, { readonly text: string; readonly sure: boolean }[]>();
		for (const [name, listed] of listedLines(result))
			lines.set(
				name.toLowerCase(),
				listed.map(({ value }) => ({ text: value.text, sure: true })),
			);
		const { status, by, upstream } = result.written;
		return { decisions, status, outcome: by, upstream, answeredAt: result.answeredAt, exceptional: false, lines };
	});
}
