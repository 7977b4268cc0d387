import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(cors({ origin: 'https://app.example.com' }));
app.use(helmet());
//      ^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
