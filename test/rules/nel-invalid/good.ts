import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('NEL', '{"max_age":0}');
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
