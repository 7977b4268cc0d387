import type { AppFixture } from './oracle';

const app = (name: string, body: string, more: Partial<AppFixture> = {}): AppFixture => ({
	name: `served: ${name}`,
	files: {
		'app.ts': `import express from 'express';\nimport helmet from 'helmet';\nimport path from 'node:path';\nexport const app = express();\n${body}\n`,
	},
	...more,
});

const files = [
	'GET /hello.txt',
	'HEAD /hello.txt',
	'POST /hello.txt',
	'GET /folder',
	'GET /folder/',
	'GET /none.txt',
	'GET /.hidden',
	'GET /%zz',
];

/** Files on disk (test/express/site), and paths that need reading to be matched. */
export const servedApps: readonly AppFixture[] = [
	app('static files in front of helmet', "app.use(express.static(path.join(__dirname, 'public')));\napp.use(helmet());", {
		requests: files,
	}),
	app('static files behind helmet', "app.use(helmet());\napp.use('/s', express.static(__dirname + '/public'));", {
		requests: ['GET /s', 'GET /s/', 'GET /s/hello.txt', 'GET /s/Docs/style.css', 'GET /s/folder', 'GET /s/hello.txt/'],
	}),
	...(
		[
			["{ maxAge: '1d' }", 'an age'],
			['{ maxAge: 1000, immutable: true }', 'an age in milliseconds, immutable'],
			['{ cacheControl: false }', 'no Cache-Control'],
			['{ index: false, redirect: false }', 'neither index nor redirect'],
			['{ fallthrough: false }', 'no fallthrough'],
			["{ dotfiles: 'allow', extensions: ['txt'] }", 'dot files and extensions'],
			["{ setHeaders: res => { res.setHeader('X-Robots-Tag', 'noindex'); res.set('Cache-Control', 'no-store'); } }", 'headers of its own'],
		] as const
	).map(([options, name]) =>
		app(
			`static files with ${name}`,
			`app.use(express.static(\`\${__dirname}/public\`, ${options}));\napp.use(helmet());\napp.get('/{*all}', (_req, res) => { res.send('x'); });`,
			{ requests: [...files, 'GET /hello'] },
		),
	),
	app(
		'sendFile and download',
		`app.use(helmet());
app.get('/file', (_req, res) => { res.sendFile('hello.txt', { root: \`\${__dirname}/public\`, maxAge: '1h', headers: { 'X-Robots-Tag': 'none' } }); });
app.get('/plain', (_req, res) => { res.set('Cache-Control', 'no-cache').sendFile(path.join(__dirname, 'public', 'hello.txt')); });
app.get('/down', (_req, res) => { res.download(path.join(__dirname, 'public/hello.txt')); });`,
		{ requests: ['GET /file', 'GET /plain', 'GET /down'] },
	),
	app(
		'headers by Map and by list',
		`app.use(helmet());
app.get('/list', (_req, res) => { res.writeHead(200, ['X-Frame-Options', 'DENY', 'X-Twice', 'a', 'X-Twice', 'b']); res.end(); });
app.get('/map', (_req, res) => { res.setHeaders(new Map([['X-Frame-Options', 'DENY']])).end(); });`,
		{ requests: ['GET /list', 'GET /map'] },
	),
	app(
		'a parameter that cannot be decoded',
		`app.post('/items/:id', (_req, res) => { res.send('x'); });
app.use(helmet());
app.get('/items/:id', (_req, res) => { res.send('x'); });
app.use('/u/:name', (_req, res) => { res.send('x'); });`,
		{ requests: ['GET /items/%zz', 'GET /items/%20', 'GET /u/%e0%a4%a', 'GET /%zz'] },
	),
	app(
		'regular expressions',
		`app.get(/^\\/item-\\d+$/, (_req, res) => { res.set('Cache-Control', 'public').send('item'); });
app.get(/fly$/, (_req, res) => { res.send('fly'); });
app.use(/^\\/(?:a|b)(?=\\/|$)/, (_req, res) => { res.send('ab'); });
app.use(helmet());`,
		{ requests: ['GET /item-12', 'GET /item-x', 'GET /butterfly', 'GET /FLY', 'GET /a/c', 'GET /ab'] },
	),
	app(
		'case and slashes that count',
		`app.enable('case sensitive routing').enable('strict routing');
app.get('/Users', (_req, res) => { res.send('users'); });
const inner = express();
app.use('/inner', inner);
inner.get('/Case', (_req, res) => { res.send('case'); });
app.use('/Sub', (_req, res) => { res.send('sub'); });
const router = express.Router({ caseSensitive: true });
router.get('/Page', (_req, res) => { res.send('page'); });
app.use('/r', router);
app.use(helmet());`,
		{
			requests: [
				'GET /Users',
				'GET /users',
				'GET /Users/',
				'GET /Sub/',
				'GET /sub',
				'GET /r/Page/',
				'GET /r/page',
				'GET /inner/Case',
				'GET /inner/case',
			],
		},
	),
	app(
		'express 4 patterns',
		`app.get('/ab?cd', (_req, res) => { res.send('x'); });
app.get('/u/:id(\\\\d+)', (_req, res) => { res.send('u'); });
app.get('/:from-:to', (_req, res) => { res.send('span'); });
app.get('/(one|two)', (_req, res) => { res.send('one'); });
app.use(helmet());
app.get('/f/*', (_req, res) => { res.send('f'); });`,
		{
			express: 'express4',
			requests: ['GET /acd', 'GET /u/1', 'GET /u/x', 'GET /1-2', 'GET /two', 'GET /three', 'GET /f/', 'GET /f/x', 'GET /f'],
		},
	),
	app(
		'a folder that only the server has',
		`app.use(helmet());
app.use('/s', express.static(path.join(__dirname, 'built'), { setHeaders: res => { res.set('X-Static', 's'); } }));
app.get('/s/:page', (_req, res) => { res.send('x'); });`,
		// Where it is not known what is in the folder, a path may be that of a folder in it, whose redirect has a policy of its own.
		{ requests: ['GET /s/docs', 'GET /s/docs/', 'GET /s/none', 'POST /s/docs', 'GET /s'], unsure: true },
	),
	app(
		'sent files that are there, and others',
		`app.use(helmet());
app.get('/', (_req, res) => { res.sendFile(path.join(__dirname, 'public', 'hello.txt')); });
app.get('/none', (_req, res) => { res.set('X-Robots-Tag', 'none').sendFile(path.join(__dirname, 'public', 'none.txt')); });
app.get('/built', (_req, res) => { res.sendFile('docs/index.html', { root: path.join(__dirname, 'built') }); });
app.get('/named/:name', (req, res) => { res.sendFile(req.params.name, { root: path.join(__dirname, 'public') }); });
app.get('/told', (_req, res) => { res.sendFile(path.join(__dirname, 'public', 'none.txt'), () => { res.status(418).send('none'); }); });
app.use((error, _req, res, _next) => { res.set('X-Failed', 'yes').status(error.status).send('failed'); });`,
		{ requests: ['GET /none', 'GET /built', 'GET /named/hello.txt', 'GET /named/none.txt', 'GET /told'], unsure: true },
	),
	app(
		'a sent file that is there',
		"app.use(helmet());\napp.get('/', (_req, res) => { res.sendFile('hello.txt', { root: path.join(__dirname, 'public') }); });",
	),
];
