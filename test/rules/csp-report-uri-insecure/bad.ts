import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['http://reports.example.com/csp'] } } }));
//                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
app.get('/', (req, res) => res.send('<p>Hello</p>'));
