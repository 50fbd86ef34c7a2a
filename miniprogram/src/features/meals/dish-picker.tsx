import { useState } from 'react';
import type { Dish, SittingView } from '../../../../shared/contracts/canteens.ts';
import type { Diet } from '../../../../shared/contracts/diet.ts';
import { Checks } from '../../components/choice.tsx';
import { Mark, Notice } from '../../components/notice.tsx';
import { Box } from '../../components/primitives';
import { Section } from '../../components/section.tsx';
import { useLanguage, useWords } from '../../i18n';
import { clashes, clashOf, coursesOf, type Eater, toggleDish } from './dishes.ts';

interface DishPickerProps {
  readonly sitting: SittingView;
  readonly eater: Eater;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** Staff may choose a dish that clashes, after talking it over. */
  readonly allowClash?: boolean;
}

/** The menu by course, with allergens in words. What the elder must not eat says so and cannot be chosen. */
export function DishPicker({ sitting, eater, chosen, onChange, allowClash = false }: DishPickerProps) {
  const words = useWords();
  const language = useLanguage();
  const [full, setFull] = useState<string | undefined>();
  const list = (items: readonly string[]) => items.join(words.dishes.listSeparator);
  const nameOf = (dish: Dish) => (language === 'en' && dish.nameEn ? dish.nameEn : dish.name);

  const warning = (dish: Dish): string | undefined => {
    const clash = clashOf(dish, eater);
    if (clash.allergens.length > 0) {
      return words.dishes.clash(eater.name, list(clash.allergens.map((one) => words.allergens[one])));
    }
    return clash.diets.length > 0
      ? words.dishes.clashDiet(eater.name, list(clash.diets.map((one) => words.diets[one])))
      : undefined;
  };
  const contents = (dish: Dish): string | undefined =>
    dish.allergens.length > 0
      ? words.dishes.contains(list(dish.allergens.map((one) => words.allergens[one])))
      : undefined;

  return (
    <>
      {coursesOf(sitting).map(({ course, most, dishes }) => (
        <Section key={course} title={words.dishes.chooseUpTo(words.courses[course], most)}>
          {full === course ? (
            <Notice urgent tone="waiting" title={words.dishes.tooMany(words.courses[course], most)} />
          ) : null}
          <Checks
            name={`dishes-${course}`}
            label={words.courses[course]}
            values={chosen}
            onChange={(dishId) => {
              const dish = dishes.find((one) => one.dishId === dishId);
              if (dish === undefined) return;
              const next = toggleDish(sitting, chosen, dish);
              setFull(next === 'full' ? course : undefined);
              if (next !== 'full') onChange(next);
            }}
            items={dishes.map((dish) => ({
              value: dish.dishId,
              title: nameOf(dish),
              text: warning(dish) ?? contents(dish),
              disabled: clashes(dish, eater) && !allowClash && !chosen.includes(dish.dishId),
              extra: <Suits diets={dish.suits.filter((diet) => eater.diets.includes(diet))} />,
            }))}
          />
        </Section>
      ))}
    </>
  );
}

/** Which of the elder's own diets the dish is fit for; the others would only be words to read. */
function Suits({ diets }: { readonly diets: readonly Diet[] }) {
  const words = useWords();
  if (diets.length === 0) return null;
  return (
    <Box className="row row--wrap">
      {diets.map((diet) => (
        <Mark key={diet} tone="done">
          {words.diets[diet]}
        </Mark>
      ))}
    </Box>
  );
}
