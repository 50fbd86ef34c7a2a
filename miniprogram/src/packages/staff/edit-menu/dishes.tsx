import { useState } from 'react';
import { COURSES, type Course, type Dish } from '../../../../../shared/contracts/canteens.ts';
import { Button } from '../../../components/button.tsx';
import { Box, Words } from '../../../components/primitives';
import { Section } from '../../../components/section.tsx';
import { Stepper } from '../../../components/stepper.tsx';
import { useWords } from '../../../i18n';
import { useStaffWords } from '../words';
import { DishEditor } from './dish-editor.tsx';
import { type MenuDraft, newDishId } from './menu-draft.ts';

interface DishesProps {
  readonly draft: MenuDraft;
  readonly onChange: (change: Partial<MenuDraft>) => void;
}

/** The dishes by course, and how many of each one meal may have. */
export function Dishes({ draft, onChange }: DishesProps) {
  const words = useWords();
  const staff = useStaffWords();
  const [editing, setEditing] = useState<Dish | undefined>();
  const list = (items: readonly string[]) => items.join(words.dishes.listSeparator);
  const put = (dish: Dish) => {
    const isNew = !draft.dishes.some((one) => one.dishId === dish.dishId);
    onChange({
      dishes: isNew ? [...draft.dishes, dish] : draft.dishes.map((one) => (one.dishId === dish.dishId ? dish : one)),
    });
    setEditing(undefined);
  };
  const add = (course: Course) =>
    setEditing({ dishId: newDishId(draft.dishes), name: '', course, allergens: [], suits: [] });
  const about = (dish: Dish): string =>
    [
      dish.allergens.length > 0 ? words.dishes.contains(list(dish.allergens.map((one) => words.allergens[one]))) : '',
      dish.suits.length > 0 ? list(dish.suits.map((one) => words.diets[one])) : '',
    ]
      .filter(Boolean)
      .join(' · ');

  return (
    <>
      {COURSES.map((course) => {
        const dishes = draft.dishes.filter((dish) => dish.course === course);
        return (
          <Section key={course} title={words.courses[course]}>
            <Box className="stack">
              {dishes.length > 0 ? (
                <Box className="row row--apart row--wrap">
                  <Words>{staff.menu.perMeal}</Words>
                  <Stepper
                    label={`${words.courses[course]} ${staff.menu.perMeal}`}
                    value={draft.choose[course] ?? 0}
                    min={0}
                    max={4}
                    onChange={(count) => onChange({ choose: { ...draft.choose, [course]: count } })}
                    words={staff.menu.pieces}
                  />
                </Box>
              ) : null}
              {dishes.map((dish) =>
                editing?.dishId === dish.dishId ? (
                  <DishEditor key={dish.dishId} dish={editing} onSave={put} onCancel={() => setEditing(undefined)} />
                ) : (
                  <Box key={dish.dishId} className="card dish-row">
                    <Box>
                      <Words className="strong">{dish.name}</Words>
                      <Box className="soft small">{about(dish)}</Box>
                    </Box>
                    <Box className="desk-buttons">
                      <Button onTap={() => setEditing(dish)} label={`${staff.menu.change} ${dish.name}`}>
                        {staff.menu.change}
                      </Button>
                      <Button
                        look="quiet"
                        label={`${staff.menu.remove} ${dish.name}`}
                        onTap={() => onChange({ dishes: draft.dishes.filter((one) => one.dishId !== dish.dishId) })}
                      >
                        {staff.menu.remove}
                      </Button>
                    </Box>
                  </Box>
                ),
              )}
              {editing !== undefined &&
              editing.course === course &&
              !draft.dishes.some((dish) => dish.dishId === editing.dishId) ? (
                <DishEditor dish={editing} onSave={put} onCancel={() => setEditing(undefined)} />
              ) : editing === undefined ? (
                <Button onTap={() => add(course)}>{staff.menu.add(words.courses[course])}</Button>
              ) : null}
            </Box>
          </Section>
        );
      })}
    </>
  );
}
