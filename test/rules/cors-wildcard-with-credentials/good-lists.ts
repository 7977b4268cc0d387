import cors from 'cors';
import express from 'express';

const app = express();
app.use(cors({ origin: 'https://app.example.com', allowedHeaders: '*' }));
app.use('/named', cors({ origin: 'https://app.example.com', credentials: true, allowedHeaders: ['Content-Type'] }));
app.get('/', (_req, res) => {
	res.send('hello');
});
