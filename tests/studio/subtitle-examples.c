/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "subtitle-examples.h"

static const char *const texts[][2] = {
  { "ar", "قهوتنا الجديدة طازجة كل صباح، وتأتي من جبال إثيوبيا العالية. اطلبها اليوم من موقع Dubroom الخاص بنا، وسنوصلها إلى "
          "باب بيتك كل أسبوع. هل جربتها؟" },
  { "en", "Our new coffee is fresh every morning, and it comes from the high mountains of Ethiopia. Order it today on our site, "
          "and we will bring it to your house every week. Have you tried it?" },
  { "fr", "Notre nouveau café est frais chaque matin, et il vient des hautes montagnes d’Éthiopie. Commandez-le aujourd’hui sur "
          "notre site, et nous vous l’apporterons chaque semaine. L’avez-vous goûté ?" },
  { "de", "Unser neuer Kaffee ist jeden Morgen frisch und kommt aus den Hochgebirgen Äthiopiens. Bestellen Sie ihn heute auf "
          "unserer Seite, und wir bringen ihn jede Woche nach Hause. Kaffeehaustischreservierungsbestätigung!" },
  { "id", "Kopi baru kami segar setiap pagi, dan berasal dari pegunungan tinggi di Etiopia. Pesan hari ini di situs kami, dan kami "
          "akan mengantarkannya ke rumah Anda setiap minggu. Sudah mencobanya?" },
  { "it", "Il nostro nuovo caffè è fresco ogni mattina, e viene dalle alte montagne dell’Etiopia. Ordinatelo oggi sul nostro sito, "
          "e ve lo porteremo a casa ogni settimana. L’avete provato?" },
  { "ja", "私たちの新しいコーヒーは毎朝新鮮で、エチオピアの高い山々から届きます。今日、私たちのサイトで注文してください。毎週、"
          "ご自宅までお届けします。もう「試して」みましたか？" },
  { "ko", "우리의 새 커피는 매일 아침 신선하며, 에티오피아의 높은 산에서 옵니다. 오늘 저희 사이트에서 주문하시면 매주 댁까지 "
          "배달해 드리겠습니다. 드셔 보셨나요?" },
  { "pt", "Nosso novo café é fresco todas as manhãs, e vem das altas montanhas da Etiópia. Peça hoje em nosso site, e nós o "
          "levaremos à sua casa toda semana. Já experimentou?" },
  { "es", "Nuestro nuevo café está fresco cada mañana, y viene de las altas montañas de Etiopía. Pídelo hoy en nuestro sitio, y te "
          "lo llevaremos a casa cada semana. ¿Ya lo has probado?" },
  { "th", "กาแฟใหม่ของเราสดใหม่ทุกเช้า และมาจากภูเขาสูงของเอธิโอเปีย สั่งซื้อวันนี้ที่เว็บไซต์ของเรา แล้วเราจะนำไปส่งถึงบ้านของคุณทุกสัปดาห์ "
          "คุณเคยลองหรือยัง" },
  { "tr", "Yeni kahvemiz her sabah taze ve Etiyopya’nın yüksek dağlarından geliyor. Bugün sitemizden sipariş verin, her hafta "
          "evinize getirelim. Denediniz mi?" },
  { "vi", "Cà phê mới của chúng tôi tươi mỗi sáng, và đến từ những ngọn núi cao của Ethiopia. Hãy đặt hàng hôm nay trên trang của "
          "chúng tôi, và chúng tôi sẽ mang đến nhà bạn mỗi tuần. Bạn đã thử chưa?" },
};

const char *
subtitle_example (const DubLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i][0], dub_language_get_code (language)))
      return texts[i][1];
  g_assert_not_reached ();
}
