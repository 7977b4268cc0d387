import { ANY_TEXT, ONE_TOKEN } from '../../server/src/model/value';

/** Whether a sent value is the predicted one, unknown parts standing for any text. White space around a value is not sent along. */
export function fits(predicted: string, sent: string): boolean {
	const pattern = predicted
		.split(new RegExp(`[${ANY_TEXT}${ONE_TOKEN}]`))
		.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${pattern}$`, 's').test(sent.trim()) || predicted === sent;
}
