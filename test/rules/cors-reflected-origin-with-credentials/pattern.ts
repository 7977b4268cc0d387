import cors from 'cors';
import express from 'express';

const app = express();
app.use(cors({ origin: /.*/, credentials: true }));
//                     ^^^^ error
app.get('/', (_req, res) => {
	res.json({ a: 1 });
});

const listed = express();
listed.use(cors({ origin: /\.example\.com$/, credentials: true }));
listed.get('/', (_req, res) => {
	res.json({ a: 1 });
});

const secure = express();
secure.use(cors({ origin: /^https?:\/\/.+$/, credentials: true }));
//                        ^^^^^^^^^^^^^^^^^ error
secure.get('/', (_req, res) => {
	res.json({ a: 1 });
});
