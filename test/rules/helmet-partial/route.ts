import express from 'express';
import helmet from 'helmet';

const app = express();

app.get('/secure', helmet(), (_req, res) => {
//                 ^^^^^^^^ warning
	res.send('secure');
});

app.get('/', (_req, res) => {
	res.send('hello');
});
