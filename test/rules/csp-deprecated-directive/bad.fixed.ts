import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: {} } }));
app.get('/', (req, res) => res.send('<p>Hello</p>'));
