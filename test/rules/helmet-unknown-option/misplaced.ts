import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: { defaultSrc: ["'none'"] } }));
//                                        ^^^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
