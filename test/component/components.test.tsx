import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { Button } from '../../miniprogram/src/components/button.tsx';
import { Choice } from '../../miniprogram/src/components/choice.tsx';
import { TextField } from '../../miniprogram/src/components/field.tsx';
import { ShareBars } from '../../miniprogram/src/components/money.tsx';
import { Stepper } from '../../miniprogram/src/components/stepper.tsx';
import { toggleDish } from '../../miniprogram/src/features/meals/dishes.ts';
import { mealCodeOf, orderIdOf } from '../../miniprogram/src/features/meals/meal-code.ts';
import { newId } from '../../miniprogram/src/services/ids.ts';
import { aQuote, aSitting, ORDER_ID, TOMORROW } from './support/sample.ts';

const ignore = () => undefined;

describe('a button', () => {
  it('is reached by Tab and pressed by Enter and Space', async () => {
    const onTap = vi.fn();
    const user = userEvent.setup();
    render(<Button onTap={onTap}>订明天的午饭</Button>);
    await user.tab();
    expect(document.activeElement?.textContent).toBe('订明天的午饭');
    await user.keyboard('{Enter}');
    await user.keyboard(' ');
    expect(onTap).toHaveBeenCalledTimes(2);
  });

  it('says that it is off, and does nothing', async () => {
    const onTap = vi.fn();
    render(
      <Button onTap={onTap} disabled>
        保存
      </Button>,
    );
    const button = screen.getByRole('button', { name: '保存' });
    await userEvent.click(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(onTap).not.toHaveBeenCalled();
  });
});

describe('a choice', () => {
  it('is one group of radios, of which a full one cannot be taken', async () => {
    const onChange = vi.fn();
    render(
      <Choice
        name="slot"
        label="什么时候吃"
        value="late"
        onChange={onChange}
        items={[
          { value: 'early', title: '11:00', text: '满了', disabled: true },
          { value: 'late', title: '11:30' },
          { value: 'last', title: '12:00' },
        ]}
      />,
    );
    expect(screen.getByRole('radiogroup', { name: '什么时候吃' })).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: '11:00，满了' }));
    expect(onChange).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('radio', { name: '12:00' }));
    expect(onChange).toHaveBeenCalledWith('last');
  });
});

describe('a field', () => {
  it('ties its help and what is wrong to the box, and reads the mistake out', () => {
    render(
      <TextField id="phone" label="手机号" help="11 位数字" wrong="少了一位" value="1380000123" onChange={ignore} />,
    );
    const box = screen.getByLabelText('手机号');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    const described = (box.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id));
    expect(described.map((one) => one?.textContent)).toEqual(['11 位数字', '少了一位']);
    expect(screen.getByRole('alert').textContent).toBe('少了一位');
  });
});

describe('a stepper', () => {
  it('stays between its ends and reads the number out', async () => {
    const onChange = vi.fn();
    render(<Stepper label="份数" value={3} min={1} max={3} onChange={onChange} words={(count) => `${count} 份`} />);
    expect(screen.getByRole('status').textContent).toBe('3 份');
    await userEvent.click(screen.getByRole('button', { name: '份数 +1' }));
    await userEvent.click(screen.getByRole('button', { name: '份数 −1' }));
    expect(onChange.mock.calls).toEqual([[2]]);
  });
});

describe('the bars of who pays', () => {
  it('stand for the four sides always, and for a voucher where there is one', () => {
    const shares = { person: 0, government: 900, charity: 0, enterprise: 0, voucher: 500 };
    render(<ShareBars quote={aQuote(TOMORROW, { shares, legs: [] })} />);
    expect(screen.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
      '自己¥0.00',
      '政府¥9.00',
      '慈善¥0.00',
      '企业¥0.00',
      '服务券¥5.00',
    ]);
  });
});

describe('dishes of a course with room for two', () => {
  it('are not exchanged behind the person’s back', () => {
    const sitting = aSitting(TOMORROW, { choose: { main: 2 } });
    const [first, second] = sitting.dishes;
    if (first === undefined || second === undefined) throw new Error('two dishes are wanted');
    const third = { ...second, dishId: 'third' };
    const withThree = { ...sitting, dishes: [...sitting.dishes, third] };
    expect(toggleDish(withThree, ['gongbao'], second)).toEqual(['gongbao', 'fish']);
    expect(toggleDish(withThree, ['gongbao', 'fish'], third)).toBe('full');
    expect(toggleDish(withThree, ['gongbao', 'fish'], first)).toEqual(['fish']);
  });
});

describe('the code of a meal', () => {
  it('is read back, and other codes are not taken for one', () => {
    expect(orderIdOf(`${mealCodeOf(ORDER_ID)}\n`)).toBe(ORDER_ID);
    expect(orderIdOf('https://example.com')).toBeUndefined();
    expect(orderIdOf(ORDER_ID)).toBeUndefined();
  });
});

describe('an id made on the phone', () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  it('is a UUID of version 4, also on a phone without crypto', () => {
    expect(newId()).toMatch(form);
    vi.stubGlobal('crypto', undefined);
    expect(newId()).toMatch(form);
    vi.unstubAllGlobals();
  });

  it('does not repeat', () => {
    expect(new Set(Array.from({ length: 2000 }, newId)).size).toBe(2000);
  });
});

describe('an old WebView', () => {
  it('is given the one function of text that shared code needs', async () => {
    const own = Object.getOwnPropertyDescriptor(String.prototype, 'isWellFormed');
    delete (String.prototype as { isWellFormed?: unknown }).isWellFormed;
    try {
      await import('../../miniprogram/src/services/polyfills.ts');
      const judged = ['王建国', '😀', '\ud83d', '\ude00a', 'a\ud83d'].map((text) => text.isWellFormed());
      expect(judged).toEqual([true, true, false, false, false]);
    } finally {
      if (own) Object.defineProperty(String.prototype, 'isWellFormed', own);
    }
  });
});
