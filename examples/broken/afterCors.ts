// cors answers preflight requests by itself: they go out without helmet's headers.
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(cors({ origin: 'https://app.example.com' }));
app.use(helmet());

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
