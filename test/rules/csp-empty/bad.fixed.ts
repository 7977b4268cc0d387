import express from 'express';

const app = express();
app.use((req, res, next) => {
	res.setHeader('Content-Security-Policy', 'default-src \'self\'; script-src \'self\'; style-src \'self\' \'unsafe-inline\'; img-src \'self\' data:; frame-ancestors \'none\'; object-src \'none\'; base-uri \'self\'; form-action \'self\'');
	next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
