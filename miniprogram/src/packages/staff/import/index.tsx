import { useState } from 'react';
import type { ElderImportReport } from '../../../../../shared/contracts/elders.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure } from '../../../components/page-states.tsx';
import { Box, Cell, HeadCell, Table, TableBody, TableHead, TableRow, Words } from '../../../components/primitives';
import { useSay } from '../../../i18n';
import { restartAt } from '../../../services/pages.ts';
import { CanteenBar } from '../place/canteen-bar.tsx';
import { useCommunity } from '../place/use-canteens.ts';
import { onWeb, saveFile } from '../web-only.ts';
import { useStaffWords } from '../words';
import { textOf } from './csv-parts.ts';
import { pickFile } from './pick-file.ts';
import { useImport } from './use-import.ts';
import '../staff.css';

/** The columns in the order of the template, as `functions/elders/import-columns.ts` reads them, and one invented row. */
const TEMPLATE =
  '姓名,性别,出生日期,电话,身份证号,网格,地址,本地户籍,过敏,饮食\n张示例,女,1948-05-06,13800000000,,1,示例路 1 号 1-101,是,花生,低盐\n';

/** Imports a table of elders: choose, try, see what is wrong row by row, then import. */
export default function ImportPage() {
  const staff = useStaffWords();
  const place = useCommunity();
  const [csv, setCsv] = useState('');
  const [fileName, setFileName] = useState<string | undefined>();
  const file = useImport(place.community);
  const { report, isDry, progress } = file;
  const busy = progress !== undefined;
  const bad = report ? report.rows - report.good : 0;

  const take = (text: string, name?: string) => {
    setCsv(text);
    setFileName(name);
    file.clear();
  };
  const choose = async () => {
    const picked = await pickFile();
    if (picked) take(textOf(picked.bytes), picked.name);
  };
  const busyWords = progress ? staff.import.part(progress.part, progress.parts) : '';
  const done = report !== undefined && !isDry;

  const action = done ? (
    <Button look="main" onTap={() => restartAt('people')}>
      {staff.import.toPeople}
    </Button>
  ) : report === undefined || report.good === 0 ? (
    <Button
      look="main"
      disabled={busy || csv.trim() === ''}
      onTap={() => void file.run(csv, { dryRun: true, goodRowsOnly: false })}
    >
      {busy ? busyWords : staff.import.try}
    </Button>
  ) : (
    <Button
      look="main"
      disabled={busy}
      onTap={() => void file.run(csv, { dryRun: false, goodRowsOnly: report.errors.length > 0 })}
    >
      {busy ? busyWords : report.errors.length > 0 ? staff.import.goodOnly(report.good) : staff.import.all(report.good)}
    </Button>
  );

  return (
    <PageFrame desk title={staff.import.title} lead={staff.import.lead} action={action}>
      {place.canteen && place.community === place.canteen.area && place.canteens.length > 1 ? (
        <CanteenBar canteens={place.canteens} value={place.canteen} onChange={place.choose} />
      ) : null}
      {file.refusal ? <Failure refusal={file.refusal} title={staff.import.stopped} /> : null}
      {report === undefined ? null : done ? (
        <Notice tone={bad > 0 ? 'waiting' : 'done'} title={staff.import.imported(report.imported)}>
          {report.errors.length > 0 ? staff.import.notImported(report.rows - report.imported) : undefined}
        </Notice>
      ) : (
        <Notice
          urgent={report.errors.length > 0}
          tone={report.errors.length > 0 ? 'waiting' : 'done'}
          title={staff.import.tried(report.rows, report.good)}
        >
          {report.errors.length > 0 ? staff.import.fix : staff.import.fine}
        </Notice>
      )}
      {report && report.errors.length > 0 ? <Errors report={report} /> : null}
      {done ? null : (
        <Box className="section stack">
          {onWeb ? (
            <Box className="desk-buttons">
              <Button onTap={() => void choose()} disabled={busy}>
                {staff.import.choose}
              </Button>
              <Button look="quiet" onTap={() => saveFile(staff.import.templateName, TEMPLATE)}>
                {staff.import.template}
              </Button>
            </Box>
          ) : null}
          {fileName === undefined ? null : (
            <Box role="status" className="strong">
              {staff.import.chosen(fileName)}
            </Box>
          )}
          <Box className="import-text">
            <TextField
              id="csv"
              kind="area"
              label={staff.import.paste}
              help={staff.import.columns}
              maxLength={2_000_000}
              value={csv}
              disabled={busy}
              onChange={(text) => take(text)}
            />
          </Box>
          <Words className="soft">{staff.import.safe}</Words>
        </Box>
      )}
    </PageFrame>
  );
}

function Errors({ report }: { readonly report: ElderImportReport }) {
  const say = useSay();
  const staff = useStaffWords();
  return (
    <Box scrolls role="region" label={staff.import.errors} className="desk-scroll">
      <Table label={staff.import.errors}>
        <TableHead>
          <TableRow>
            <HeadCell className="number">{staff.import.row}</HeadCell>
            <HeadCell>{staff.import.column}</HeadCell>
            <HeadCell>{staff.import.found}</HeadCell>
            <HeadCell>{staff.import.wrong}</HeadCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {report.errors.map((error, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row can be wrong twice in one column, and the list never moves
            <TableRow key={index}>
              <HeadCell scope="row" className="number">
                {error.row}
              </HeadCell>
              <Cell>{error.column}</Cell>
              <Cell>{error.found === '' ? staff.import.empty : error.found}</Cell>
              <Cell className="strong">{say(error.message)}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
