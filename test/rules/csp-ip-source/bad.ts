import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'http://192.0.2.7'] } } }));
//                                                                          ^^^^^^^^^^^^^^^^ warning
app.get('/', (req, res) => res.send('<p>Hello</p>'));
