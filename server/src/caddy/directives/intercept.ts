import type { Directive, Token } from '../../caddyfile/tree';
import type { Handler } from '../route';
import { blockBehind, type CompileScope } from '../siteDraft';
import { responseHandlers } from './proxy';

/** `intercept { @name ..., replace_status ..., handle_response ... }` (modules/caddyhttp/intercept/intercept.go, Caddy 2.11.4). */
export function compileIntercept(line: Directive, args: readonly Token[], scope: CompileScope): readonly Handler[] {
	return [{ kind: 'intercept', handleResponse: responseHandlers(blockBehind(line, args), scope), place: line.place }];
}
