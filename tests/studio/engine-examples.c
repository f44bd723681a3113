/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-examples.h"

#include <glib.h>

static const char *const examples[][2] = {
  { "ar", "قهوتنا الجديدة طازجة كل صباح، اطلبها اليوم." },
  { "en", "Our new coffee is fresh every morning, order it today." },
  { "fr", "Notre nouveau café est frais chaque matin, commandez-le." },
  { "de", "Unser neuer Kaffee ist jeden Morgen frisch, bestellen Sie ihn." },
  { "id", "Kopi baru kami segar setiap pagi, pesan hari ini." },
  { "it", "Il nostro nuovo caffè è fresco ogni mattina, ordinalo oggi." },
  { "ja", "私たちの新しいコーヒーは毎朝新鮮です。" },
  { "ko", "우리의 새 커피는 매일 아침 신선합니다." },
  { "pt", "Nosso novo café é fresco todas as manhãs, peça hoje." },
  { "es", "Nuestro nuevo café está fresco cada mañana, pídelo hoy." },
  { "th", "กาแฟใหม่ของเราสดใหม่ทุกเช้า สั่งซื้อวันนี้" },
  { "tr", "Yeni kahvemiz her sabah taze, bugün sipariş verin." },
  { "vi", "Cà phê mới của chúng tôi tươi mỗi sáng, đặt hàng hôm nay." },
};

const char *
engine_example (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    if (g_str_equal (examples[i][0], code))
      return examples[i][1];
  g_assert_not_reached ();
}
