import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { sandbox: ['allow-scripts', 'allow-same-origin'] } } }));
//                                                      ^^^^^^^ info
app.get('/', (req, res) => res.send('<p>Hello</p>'));
