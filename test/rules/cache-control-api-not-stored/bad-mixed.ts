import express from 'express';

const app = express();
//          ^^^^^^^^^ info
app.use(express.static('public'));
app.get('/api/me', (_req, res) => {
	res.vary('Cookie').json({});
});
