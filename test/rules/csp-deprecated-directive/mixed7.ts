// helmet@7.2.0
import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			blockAllMixedContent: [],
//	^^^^^^^^^^^^^^^^^^^^ warning
			objectSrc: ["'none'"],
		},
	},
}));
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
