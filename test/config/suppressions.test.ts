import assert from 'node:assert/strict';
import { withCommentAcknowledgements } from '../../server/src/config/acknowledgements';
import { applySuppressions } from '../../server/src/config/suppressions';
import { defaultConfig, type FileConfig } from '../../server/src/config/types';
import type { Finding } from '../../server/src/finding';
import type { CommentText } from '../../server/src/model/analysis';
import { applyEdits } from '../../server/src/text/edit';
import { createSource, type SourceText } from '../../server/src/text/source';

/** The comments of a text in which everything from `#` to the end of the line is one. */
function hashComments({ text }: SourceText): readonly CommentText[] {
	return [...text.matchAll(/#(.*)/g)].map(match => {
		const before = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
		return { text: match[1] ?? '', span: { start: match.index, end: match.index + match[0].length }, alone: before.trim() === '' };
	});
}

/**
 * Lints a text in which each `<rule-id>` is a finding of that rule, and answers with what is left: `line:rule`, 1-based, and the
 * message of findings about comments.
 */
function left(text: string, config: FileConfig = defaultConfig, reasons: readonly string[] = []): readonly string[] {
	const source = createSource('/workspace/Caddyfile', text);
	const findings = [...text.matchAll(/<([a-z-]+)>/g)].map(
		(match): Finding => ({
			rule: match[1] ?? '',
			severity: 'warning',
			message: '',
			headers: [],
			reasons,
			place: { path: source.path, span: { start: match.index, end: match.index + match[0].length } },
			related: [],
			fixes: [],
		}),
	);
	return applySuppressions(findings, hashComments(source), source, config).map(({ rule, place, message }) => {
		const line = source.lines.positionAt(place.span.start).line + 1;
		return message === '' ? `${line}:${rule}` : `${line}:${rule} ${message}`;
	});
}

/** The text after the fixes of `unused-suppression`, applied all at once. */
function withoutIdleComments(text: string): string {
	const source = createSource('/workspace/Caddyfile', text);
	const findings = applySuppressions([], hashComments(source), source, defaultConfig);
	return applyEdits(
		text,
		findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []),
	);
}

describe('comments silence findings', () => {
	it('on the next line, of the rules named', () => {
		assert.deepEqual(
			left('# headerlint-disable-next-line xfo-invalid -- we frame ourselves\n<xfo-invalid> <nosniff-invalid>\n<xfo-invalid>'),
			['2:nosniff-invalid', '3:xfo-invalid'],
		);
	});

	it('on the next line, of several rules, separated by commas or blanks', () => {
		assert.deepEqual(left('# headerlint-disable-next-line xfo-invalid, nosniff-invalid\n<xfo-invalid> <nosniff-invalid>'), []);
		assert.deepEqual(left('# headerlint-disable-next-line xfo-invalid nosniff-invalid\n<xfo-invalid> <nosniff-invalid>'), []);
	});

	it('on the next line, of every rule where none is named', () => {
		assert.deepEqual(left('# headerlint-disable-next-line\n<xfo-invalid> <nosniff-invalid>'), []);
	});

	it('below other comments to Headerlint', () => {
		assert.deepEqual(
			left('# headerlint-disable-next-line xfo-invalid\n# headerlint-disable-next-line nosniff-invalid\n<xfo-invalid> <nosniff-invalid>'),
			[],
		);
	});

	it('on their own line', () => {
		assert.deepEqual(left('<xfo-invalid> # headerlint-disable-line xfo-invalid\n<xfo-invalid>'), ['2:xfo-invalid']);
	});

	it('from one comment to another', () => {
		assert.deepEqual(left('<xfo-invalid>\n# headerlint-disable\n<xfo-invalid>\n# headerlint-enable\n<xfo-invalid>'), [
			'1:xfo-invalid',
			'5:xfo-invalid',
		]);
	});

	it('to the end of the file where nothing enables them again', () => {
		assert.deepEqual(left('# headerlint-disable xfo-invalid\n<xfo-invalid>\n\n<xfo-invalid>'), []);
	});

	it('but for a rule that is enabled again by name', () => {
		assert.deepEqual(left('# headerlint-disable\n<xfo-invalid>\n# headerlint-enable xfo-invalid\n<xfo-invalid> <nosniff-invalid>'), [
			'4:xfo-invalid',
		]);
	});

	it('that gather several reasons, when each reason is named', () => {
		const text = '# headerlint-disable-next-line csp-missing, hsts-missing\n<missing-headers>';
		assert.deepEqual(left(text, defaultConfig, ['csp-missing', 'hsts-missing']), []);
	});

	it('not where the word stands in the middle of a comment', () => {
		assert.deepEqual(left('# see headerlint-disable-next-line\n<xfo-invalid>'), ['2:xfo-invalid']);
	});
});

describe('comments that silence nothing', () => {
	it('are reported', () => {
		assert.deepEqual(left('# headerlint-disable-next-line xfo-invalid\nheader X-Frame-Options DENY'), [
			'1:unused-suppression No finding of "xfo-invalid" is left for this comment to silence: remove it, lest it hide a later one.',
		]);
	});

	it('are reported word by word where the rest is needed', () => {
		assert.deepEqual(left('# headerlint-disable-next-line xfo-invalid, nosniff-invalid\n<xfo-invalid>'), [
			'1:unused-suppression No finding of "nosniff-invalid" is left here to silence: remove the word, lest it hide a later one.',
		]);
	});

	it('are told which rule was meant', () => {
		assert.deepEqual(left('# headerlint-disable-next-line xfo-invalud\n<xfo-invalid>'), [
			'1:unused-suppression There is no rule "xfo-invalud", so this comment silences nothing: did you mean "xfo-invalid"?',
			'2:xfo-invalid',
		]);
	});

	it('are told which comment was meant', () => {
		assert.deepEqual(left('# headerlint-disable-nextline xfo-invalid\n<xfo-invalid>'), [
			'1:unused-suppression "headerlint-disable-nextline" is not known, so this comment does nothing: did you mean "headerlint-disable-next-line"?',
			'2:xfo-invalid',
		]);
	});

	it('are not reported where the project file says so, or a comment that names the rule', () => {
		const config: FileConfig = { ...defaultConfig, severities: new Map([['unused-suppression', 'off']]) };
		assert.deepEqual(left('# headerlint-disable-line xfo-invalid', config), []);
		assert.deepEqual(left('# headerlint-disable unused-suppression\n# headerlint-disable-line xfo-invalid'), []);
	});

	it('are not hidden by a blanket comment', () => {
		assert.equal(left('# headerlint-disable\n<xfo-invalid>\n# headerlint-disable-line nosniff-invalid').length, 1);
	});

	it('are taken out by the fix, with their line or with the blanks before them', () => {
		assert.equal(
			withoutIdleComments('a {\n\t# headerlint-disable-next-line xfo-invalid\n\tb # headerlint-disable-line\n}\n'),
			'a {\n\tb\n}\n',
		);
		assert.equal(withoutIdleComments('# headerlint-disable-line\r\nb\r\n'), 'b\r\n');
	});

	it('are corrected by the fix', () => {
		assert.equal(withoutIdleComments('# headerlint-disable-line xfo-invalud'), '# headerlint-disable-line xfo-invalid');
	});
});

describe('acknowledgements in comments', () => {
	/** `domain: reason` of what a text acknowledges, and the messages about what does not count. */
	const acknowledged = (text: string): readonly string[] => {
		const source = createSource('/workspace/Caddyfile', text);
		const comments = hashComments(source);
		const config = withCommentAcknowledgements(defaultConfig, { source, comments });
		return [
			...config.acknowledgedPreload.map(({ domain, reason }) => `${domain}: ${reason}`),
			...applySuppressions([], comments, source, defaultConfig).map(({ rule, message }) => `${rule} ${message}`),
		];
	};

	it('name a domain and a reason', () => {
		assert.deepEqual(acknowledged('# headerlint-ack hsts-preload Example.com: all HTTPS since 2020'), [
			'example.com: all HTTPS since 2020',
		]);
	});

	it('count for nothing without a reason', () => {
		assert.deepEqual(acknowledged('# headerlint-ack hsts-preload example.com:'), [
			'ack-invalid This acknowledgement gives no reason, so it does not count: say behind "example.com:" why every subdomain can be reached over HTTPS for years.',
		]);
	});

	it('count for nothing for a subdomain or a public suffix', () => {
		assert.deepEqual(acknowledged('# headerlint-ack hsts-preload www.example.com: reason'), [
			'ack-invalid "www.example.com" is not the domain that browsers preload, which is "example.com", so this acknowledgement does not count.',
		]);
		assert.deepEqual(acknowledged('# headerlint-ack hsts-preload github.io: reason'), [
			'ack-invalid "github.io" is not a domain that can be registered, so this acknowledgement does not count.',
		]);
	});
});
