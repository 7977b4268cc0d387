import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(cors({ origin: 'https://app.example.com', preflightContinue: true }));
app.use(helmet());

app.get('/', (_req, res) => {
	res.send('hello');
});
