// helmet@5.1.1
import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'https://img.example.com'] } }, crossOriginEmbedderPolicy: false }));
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
