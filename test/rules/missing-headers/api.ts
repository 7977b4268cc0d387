import express from 'express';

const app = express();
//          ^^^^^^^^^ warning
app.get('/users', (_req, res) => {
	res.json([]);
});
