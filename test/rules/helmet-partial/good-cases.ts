import express from 'express';
import helmet from 'helmet';

// In every case of the program.
const either = express();
if (process.env.MODE === 'a') either.use(helmet({ hsts: false }));
else either.use(helmet());
either.get('/', (_req, res) => {
	res.send('hello');
});

const several = express();
switch (process.env.STAGE) {
	case 'production':
		several.use(helmet());
		break;
	default:
		several.use(helmet({ contentSecurityPolicy: false }));
}
several.get('/', (_req, res) => {
	res.send('hello');
});

// But for requests that are left out on purpose.
const secure = helmet();
const most = express();
most.use((req, res, next) => {
	if (req.path.startsWith('/embed')) return next();
	return secure(req, res, next);
});
most.get('/', (_req, res) => {
	res.send('hello');
});

// On every path that answers.
const paths = express();
paths.use('/a', helmet());
paths.use('/b', helmet());
paths.post('/c/*path', helmet());
for (const path of ['/a', '/b/x']) {
	paths.get(path, (_req, res) => {
		res.send('hello');
	});
}
paths.post('/c/d', (_req, res) => {
	res.send('hello');
});
