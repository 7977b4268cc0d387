import cors from 'cors';
import express from 'express';

const app = express();
app.use(cors({ origin: 'https://app.example.com', credentials: true, allowedHeaders: '*', methods: ['*'] }));
//                                                                                    ^ warning
//                                                                                                   ^ warning
app.get('/', (_req, res) => {
	res.send('hello');
});
