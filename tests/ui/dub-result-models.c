/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-result-models.h"

#include "dub-library-item-private.h"
#include "dub-ui-models.h"

static const struct
{
  double start, end;
  const char *en, *es, *ar, *ja;
} lines[] = {
  { 400, 3600, "Stop scrolling if your skin feels tight after every shower.",
    "Deja de deslizar si la piel te tira cada vez que sales de la ducha.",
    "توقفي عن التمرير إذا كنتِ تشعرين بشد في بشرتك بعد كل استحمام.", "シャワーのたびに肌がつっぱるなら、ちょっと止まって。" },
  { 4100, 9240, "I spent three winters trying heavy creams that only sat on top of my skin.",
    "Pasé tres inviernos probando cremas pesadas que se quedaban en la superficie.",
    "قضيت ثلاثة فصول شتاء أجرب كريمات ثقيلة تبقى على سطح بشرتي.", "三年の冬、表面に残るだけの重いクリームを試しました。" },
  { 9700, 14520, "Then a friend gave me Verrane Dew Serum, and I understood what I was missing.",
    "Entonces una amiga me regaló Verrane Dew Serum y entendí lo que me faltaba.",
    "ثم أهدتني صديقة سيروم Verrane Dew وفهمت ما كان ينقصني.", "友人が Verrane Dew Serum をくれて、足りないものがわかりました。" },
  { 15000, 19360, "Two drops, morning and night. It sinks in within ten seconds.",
    "Dos gotas, mañana y noche. Se absorbe en diez segundos.",
    "قطرتان صباحًا ومساءً. يُمتص خلال عشر ثوانٍ.", "朝と夜に二滴。十秒でなじみます。" },
  { 19840, 25100, "No perfume, no stickiness, and it layers under any sunscreen or makeup.",
    "Sin perfume, sin sensación pegajosa, y va bien bajo cualquier protector o maquillaje.",
    "بلا عطر ولا لزوجة، ويناسب أي واقي شمس أو مكياج.", "無香料でべたつかず、日焼け止めやメイクの下にも重ねられます。" },
  { 25580, 30780, "After two weeks, my cheeks stopped flaking. After four, people asked what I had changed.",
    "A las dos semanas dejé de pelarme; a las cuatro, todo el mundo me preguntaba qué había cambiado.",
    "بعد أسبوعين توقف تقشر وجنتيّ، وبعد أربعة سألني الناس عما غيرته.", "二週間で頬の粉ふきが止まり、四週間後には「何を変えたの？」と聞かれました。" },
  { 31260, 36300, "It is tested by dermatologists and made in small batches in Portugal.",
    "Está testado por dermatólogos y se elabora en pequeños lotes en Portugal.",
    "اختبره أطباء الجلد ويُصنع بكميات صغيرة في البرتغال.", "皮膚科医によるテスト済み。ポルトガルで少量ずつ作られています。" },
  { 36800, 41300, "Right now, your first bottle is $19.90 instead of $29.",
    "Ahora mismo, tu primer frasco cuesta 19,90 dólares en lugar de 29.",
    "الآن زجاجتك الأولى بسعر 19.90 دولارًا بدلًا من 29.", "今なら、はじめての一本がぐっとお得に手に入ります。" },
  { 41760, 45700, "Use code DEW20 at checkout and shipping is free.",
    "Usa el código DEW20 al pagar y el envío es gratis.",
    "استخدمي الرمز DEW20 عند الدفع والشحن مجاني.", "お会計でコード DEW20 を入れると、送料が無料です。" },
  { 46200, 51600, "Not happy? Send it back within 60 days, even if the bottle is empty.",
    "¿No te convence? Devuélvelo en 60 días, aunque el frasco esté vacío.",
    "لست راضية؟ أعيديه خلال 60 يومًا حتى لو كانت الزجاجة فارغة.", "ご満足いただけなければ60日以内なら返品できます。空のボトルでも大丈夫。" },
};

static void
add_segment (DubScript  *script,
             guint       i,
             const char *text,
             DubRemarks *remarks)
{
  g_autoptr (DubSegment) segment = dub_segment_new (text, lines[i].start, lines[i].end);

  dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
}

/* As the built-in studio has them: words it is not sure of, and speech that does not fit. */
static DubRemarks *
make_remarks (guint    i,
              gboolean original)
{
  DubRemarks *remarks = dub_remarks_new ();

  if (original && i == 1)
    {
      dub_remarks_add_doubt (remarks, 14, 21);
      dub_remarks_add_doubt (remarks, 29, 41);
      dub_remarks_add_doubt (remarks, 47, 51);
    }
  if (original && i == 2)
    dub_remarks_add_doubt (remarks, 22, 33);
  if (!original && i == 1)
    remarks->overrun_ms = 400;
  if (!original && i == 3)
    remarks->unspoken = 12;
  return remarks;
}

DubLibraryItem *
dub_result_make_item (const DubResultWanted *wanted)
{
  g_autoptr (DubRemoteVideo) video = dub_remote_video_new ();
  g_autoptr (DubTask) task = NULL;
  DubUiTask made = { 1, 1, "Winter serum, hook B", wanted->original_uri, 53, wanted->language, DUB_TASK_SUCCEEDED };

  video->video_id = g_strdup ("video");
  video->video_name = g_strdup ("Winter serum, hook B · Spanish");
  video->preview_url = g_strdup (wanted->dub_uri);
  video->target_language = g_strdup (wanted->language);
  video->create_time = g_get_real_time () / G_USEC_PER_SEC - wanted->age_s;
  video->original_script = dub_script_new ();
  video->translated_script = dub_script_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lines) && !wanted->no_script; i++)
    {
      const char *text = g_str_equal (wanted->language, "ar") ? lines[i].ar : g_str_equal (wanted->language, "ja") ? lines[i].ja : lines[i].es;

      add_segment (video->original_script, i, lines[i].en, wanted->remarks ? make_remarks (i, TRUE) : dub_remarks_new ());
      add_segment (video->translated_script, i, text, wanted->remarks ? make_remarks (i, FALSE) : dub_remarks_new ());
    }
  if (wanted->original_uri != NULL)
    task = dub_ui_make_task (&made);
  return dub_library_item_new ("account", video, task, wanted->dub_uri, wanted->lifetime_s);
}
