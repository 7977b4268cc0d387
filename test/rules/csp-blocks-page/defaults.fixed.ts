import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({
  contentSecurityPolicy: {
    directives: {
      imgSrc: ["'self'", 'data:', 'https://img.example.net'],
      scriptSrc: [
        "'self'",
        'https://cdn.example.net/chart/4.4/chart.min.js',
        "'sha256-uYeF7eHzVgKpiBg5fikv2NTctmJnxCfX1UhhlrizvNE='",
      ],
      frameSrc: ["'self'", 'https://status.example.net'],
    },
  },
}));
app.use(express.static('public'));
app.listen(3000);
