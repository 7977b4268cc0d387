// The files of public/ are answered before helmet has its turn.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(express.static('public'));
app.use(helmet());

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
