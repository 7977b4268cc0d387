import cors from 'cors';
import express from 'express';

const app = express();
const origins = ['https://app.example.com', 'https://admin.example.com', 'https://www.example.com'];
app.use(cors({ origin: origins, credentials: true }));
app.use('/local', cors({ origin: ['http://localhost:3000', 'https://shop.example.com', 'https://*.example.org', /\.example\.net$/] }));
app.use('/any', cors({ origin: '*' }));
app.get('/', (_req, res) => {
	res.send('hello');
});
