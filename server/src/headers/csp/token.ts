import { hashLengths } from '../facts/cspKeywords';

/** Whether a nonce is spelt in the alphabet of base64 or base64url, with at most two `=` at its end (CSP3 "base64-value"). */
export function isNonceText(nonce: string): boolean {
	return /^[A-Za-z0-9+/_-]+={0,2}$/.test(nonce);
}

/**
 * Whether a nonce is long enough to hold the 128 bits that CSP3 7.1 asks for: 22 characters of base64, 32 of hexadecimal, 36 of a
 * UUID with its hyphens.
 */
export function isNonceLongEnough(nonce: string): boolean {
	const digits = nonce.replaceAll('-', '').replace(/=+$/, '');
	return (
		(/^[\da-f]+$/i.test(digits) ? 32 : 22) <= (nonce.includes('-') && /^[\da-f-]+$/i.test(nonce) ? digits : nonce.replace(/=+$/, '')).length
	);
}

/** Whether a digest in base64 or base64url decodes to as many bytes as its algorithm gives. `algorithm` is lower case: `sha256`. */
export function isDigest(algorithm: string, value: string): boolean {
	const match = /^([A-Za-z0-9+/_-]+)(={0,2})$/.exec(value);
	const bytes = hashLengths[algorithm];
	if (match?.[1] === undefined || bytes === undefined) return false;
	return Math.floor((match[1].length * 3) / 4) === bytes && match[1].length % 4 !== 1;
}
