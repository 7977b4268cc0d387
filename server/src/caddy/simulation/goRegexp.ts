/**
 * A Go regular expression (RE2 syntax) as JavaScript's, or null where its meaning in JavaScript would or could differ: Unicode
 * classes, `\Q`, `\z`, flags inside groups, POSIX classes, and repetitions RE2 runs in linear time but JavaScript may not.
 */
export function compileGoRegexp(pattern: string): RegExp | null {
	if (500 < pattern.length) return null;
	let source = pattern;
	let flags = 'g';
	const leading = /^\(\?([ims]+)\)/.exec(source);
	if (leading !== null) {
		for (const flag of leading[1] ?? '') flags += flag;
		source = source.slice(leading[0].length);
	}
	if (/\(\?[a-zA-Z-]+[:)]/.test(source)) return null;
	if (/\[\[:|\\[QEzACpP]|\\x\{|\\[1-9]|\(\?[=!]|\(\?<[=!]|\\[ck]|\\u/.test(source)) return null;
	if (nestedRepetition(source)) return null;
	source = source.replaceAll('(?P<', '(?<');
	try {
		return new RegExp(source, flags);
	} catch {
		return null;
	}
}

/**
 * Replaces all matches as Go's `ReplaceAllString`: an empty match right behind a match is skipped, and the template knows `$1`,
 * `$name` (the longest word) and `${1}`; unknown groups are empty.
 */
export function replaceAllGo(expression: RegExp, text: string, template: string): string {
	const matcher = new RegExp(expression.source, expression.flags);
	let result = '';
	let copied = 0;
	let lastEnd = -1;
	for (;;) {
		const match = matcher.exec(text);
		if (match === null) break;
		const end = match.index + match[0].length;
		if (match[0] === '') {
			matcher.lastIndex = end + 1;
			if (match.index === lastEnd) continue;
		}
		result += text.slice(copied, match.index) + expandTemplate(template, match);
		copied = end;
		lastEnd = end;
		if (text.length < matcher.lastIndex) break;
	}
	return result + text.slice(copied);
}

function expandTemplate(template: string, match: RegExpExecArray): string {
	return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced: string | undefined, bare: string | undefined) => {
		if (whole === '$$') return '$';
		const name = braced ?? bare ?? '';
		return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
	});
}

/** A repeated group that itself repeats: `(a+)*`. */
function nestedRepetition(source: string): boolean {
	const plain = source.replace(/\\./g, 'x').replace(/\[(?:[^\]])*\]/g, 'x');
	return /\((?:[^()]|\([^()]*\))*[+*}](?:[^()]|\([^()]*\))*\)[+*{]/.test(plain);
}
