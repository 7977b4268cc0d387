import cors from 'cors';
import express from 'express';

const app = express();
const origin = [
	'https://app.example.com',
	'http://localhost:3000',
	'capacitor://localhost',
	'chrome-extension://abcdefghijklmnop',
	'file://',
	'null',
	'',
	/\.example\.com$/,
	process.env.ORIGIN ?? 'app.example.com',
];
app.use(cors({ origin }));
app.get('/', (_req, res) => {
	res.send('hello');
});
