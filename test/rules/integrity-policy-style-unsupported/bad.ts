import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Integrity-Policy', 'blocked-destinations=(script style)');
//                                                               ^^^^^ info
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
