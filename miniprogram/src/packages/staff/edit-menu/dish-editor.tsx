import { useState } from 'react';
import { COURSES, type Course, type Dish } from '../../../../../shared/contracts/canteens.ts';
import { ALLERGENS, type Allergen, DIETS, type Diet } from '../../../../../shared/contracts/diet.ts';
import { Button } from '../../../components/button.tsx';
import { Checks, Choice } from '../../../components/choice.tsx';
import { TextField } from '../../../components/field.tsx';
import { Box } from '../../../components/primitives';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';

interface DishEditorProps {
  readonly dish: Dish;
  readonly onSave: (dish: Dish) => void;
  readonly onCancel: () => void;
}

const toggled = <T,>(items: readonly T[], item: T, on: boolean): T[] =>
  on ? [...items, item] : items.filter((one) => one !== item);

/** One dish: its name, course, what it holds that somebody may not eat, and for whom it is fit. */
export function DishEditor({ dish, onSave, onCancel }: DishEditorProps) {
  const words = useWords();
  const staff = useStaffWords();
  const [name, setName] = useState(dish.name);
  const [nameEn, setNameEn] = useState(dish.nameEn ?? '');
  const [course, setCourse] = useState<Course>(dish.course);
  const [allergens, setAllergens] = useState<readonly Allergen[]>(dish.allergens);
  const [suits, setSuits] = useState<readonly Diet[]>(dish.suits);
  const [wrong, setWrong] = useState(false);
  const save = () => {
    if (name.trim() === '') return setWrong(true);
    const { nameEn: _, ...rest } = dish;
    onSave({
      ...rest,
      name: name.trim(),
      ...(nameEn.trim() === '' ? {} : { nameEn: nameEn.trim() }),
      course,
      allergens: [...allergens],
      suits: [...suits],
    });
  };
  return (
    <Box role="group" label={name || staff.menu.newDish} className="card stack">
      <Box className="desk-halves">
        <TextField
          id="dish-name"
          label={staff.menu.dishName}
          maxLength={30}
          value={name}
          wrong={wrong ? staff.menu.dishNameWrong : undefined}
          onChange={(text) => {
            setName(text);
            setWrong(false);
          }}
        />
        <TextField
          id="dish-name-en"
          label={`${staff.menu.dishNameEn} · ${words.optional}`}
          maxLength={60}
          value={nameEn}
          onChange={setNameEn}
        />
      </Box>
      <Choice
        grid
        name="course"
        label={staff.menu.course}
        value={course}
        onChange={setCourse}
        items={COURSES.map((value) => ({ value, title: words.courses[value] }))}
      />
      <Box className="field__label">{staff.menu.holds}</Box>
      <Checks
        grid
        name="dish-allergens"
        label={staff.menu.holds}
        values={allergens}
        onChange={(value, on) => setAllergens(toggled(allergens, value, on))}
        items={ALLERGENS.map((value) => ({ value, title: words.allergens[value] }))}
      />
      <Box className="field__label">{staff.menu.suits}</Box>
      <Checks
        grid
        name="dish-suits"
        label={staff.menu.suits}
        values={suits}
        onChange={(value, on) => setSuits(toggled(suits, value, on))}
        items={DIETS.map((value) => ({ value, title: words.diets[value] }))}
      />
      <Box className="desk-buttons">
        <Button onTap={save}>{staff.menu.dishDone}</Button>
        <Button look="quiet" onTap={onCancel}>
          {staff.cancel}
        </Button>
      </Box>
    </Box>
  );
}
