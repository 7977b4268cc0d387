import express from 'express';
import helmet from 'helmet';
//     ^^^^^^ warning

const app = express();

app.get('/', (_req, res) => {
	res.send('hello');
});
