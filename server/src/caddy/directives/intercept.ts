import type { Directive, Token } from '../../caddyfile/tree';
import type { Handler } from '../route';
import type { CompileScope } from '../siteDraft';
import { responseHandlers } from './proxy';

/** `intercept { @name ..., replace_status ..., handle_response ... }` (modules/caddyhttp/intercept/intercept.go, Caddy 2.11.4). */
export function compileIntercept(line: Directive, _args: readonly Token[], scope: CompileScope): readonly Handler[] {
	return [{ kind: 'intercept', handleResponse: responseHandlers(line.block?.lines ?? [], scope), place: line.place }];
}
