import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Integrity-Policy', 'blocked-destinations=(script)');
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
