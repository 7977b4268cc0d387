import cors from 'cors';
import express from 'express';

const app = express();
const allowed = ['https://app.example.com'];
app.use(
	'/listed',
	cors({
		origin(origin, callback) {
			if (!origin || allowed.includes(origin)) callback(null, true);
			else callback(new Error('not allowed'));
		},
		credentials: true,
	}),
);
app.use(
	'/asked',
	cors({
		origin: async (origin, callback) => {
			const known = await lookUp(origin);
			callback(null, known);
		},
		credentials: true,
	}),
);
app.use(
	'/early',
	cors({
		origin(origin, callback) {
			if (!allowed.includes(origin)) return callback(null, false);
			callback(null, true);
		},
		credentials: true,
	}),
);
app.get('/me', (_req, res) => {
	res.json({});
});
declare function lookUp(origin: string | undefined): Promise<boolean>;
