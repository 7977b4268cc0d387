// No helmet at all: every header is missing, and Express says its name.
import express from 'express';

const app = express();

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
