import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { PageFrame } from '../../../components/page-frame.tsx';
import { Failure, QueryStates } from '../../../components/page-states.tsx';
import { DishPicker } from '../../../features/meals/dish-picker.tsx';
import { suggestedDishes } from '../../../features/meals/dishes.ts';
import { useMealWords } from '../../../features/meals/meal-words.ts';
import { mealAtOf, useOrderDraft } from '../../../features/meals/order-draft.ts';
import { useMeal } from '../../../features/meals/use-meal.ts';
import { useWords } from '../../../i18n';
import { open, usePageParams } from '../../../services/pages.ts';

/** The second step of an order: the dishes. A meal that suits the elder is chosen already. */
export default function DishesPage() {
  const words = useWords();
  const say = useMealWords();
  const at = mealAtOf(usePageParams());
  const { query, elder, sitting } = useMeal(at);
  const [draft, change] = useOrderDraft(at);
  const [nothing, setNothing] = useState(false);

  const chosen = draft.dishIds?.filter((id) => sitting?.dishes.some((dish) => dish.dishId === id));
  const dishIds = chosen ?? (sitting && elder ? suggestedDishes(sitting, elder) : []);

  const next = () => {
    if (dishIds.length === 0) return setNothing(true);
    change({ dishIds });
    open('confirm', { ...at });
  };

  return (
    <PageFrame
      title={words.dishes.title(say.dayMeal(at.date, at.sitting))}
      lead={words.dishes.lead}
      action={
        sitting && elder ? (
          <Button look="main" onTap={next}>
            {words.dishes.next}
          </Button>
        ) : undefined
      }
    >
      <QueryStates query={query}>
        {() =>
          sitting === undefined || elder === undefined ? (
            <Failure
              refusal={{ code: 'sitting-not-open', message: { zh: words.order.noSitting, en: words.order.noSitting } }}
            />
          ) : (
            <>
              {nothing && dishIds.length === 0 ? <Notice urgent tone="waiting" title={words.dishes.none} /> : null}
              <DishPicker
                sitting={sitting}
                eater={elder}
                chosen={dishIds}
                onChange={(ids) => change({ dishIds: ids })}
              />
            </>
          )
        }
      </QueryStates>
    </PageFrame>
  );
}
