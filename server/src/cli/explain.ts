import { unknownRule } from '../config/ruleSettings';
import { ruleById } from '../rules/registry';
import { readText } from '../workspace/diskFiles';
import { packageFolder } from './packageFolder';
import { CommandFailure, exitStatus, type Terminal } from './terminal';

/** `headerlint explain RULE`: prints the rule's page as it is shipped with the package. */
export function runExplain(id: string, terminal: Terminal): number {
	if (ruleById(id) === null) throw new CommandFailure(unknownRule(id));
	const page = readText(`${packageFolder()}/docs/rules/${id}.md`);
	if (page.kind !== 'text') throw new CommandFailure(`the page of ${id} is not in this installation: ${page.reason}`);
	terminal.write(page.text.endsWith('\n') ? page.text : `${page.text}\n`);
	return exitStatus.clean;
}
