import cors from 'cors';
import express from 'express';

const app = express();
app.use(cors({ origin: true }));
//                     ^^^^ warning
app.get('/me', (_req, res) => {
	res.json({});
});
