package io.github.seedance4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.seedance4j.testkit.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'model':'doubao-seedance-2.0'                                                    | 1.00 | 1.008334",
        "'model':'doubao-seedance-2.0','resolution':'480p'                                | 0.60 | 0.605",
        "'model':'doubao-seedance-2.0-fast','duration':15                                 | 2.40 | 2.406667",
        "'model':'doubao-seedance-2.0-fast','resolution':'480p','duration':4              | 0.40 | 0.404167",
        "'model':'doubao-seedance-2.0','duration':10,'video_url':'x','input_video_duration':5 | 3.00 | 3.008334",
        "'model':'doubao-seedance-2.0','video_urls':['x','y'],'video_durations':[1.5,2]   | 1.70 | 1.708334",
        "'model':'doubao-seedance-2.0','video_urls':['x','y']                             | 3.00 | 3.008334",
        "'model':'doubao-seedance-2.0','video_url':'v','video_urls':['x','y','z']         | 4.00 | 4.008334",
        "'model':'doubao-seedance-2.0','content':[{'type':'video_url'},{'type':'image_url'}] | 2.00 | 2.008334",
        "'model':'unheard-of'                                                             | 1.00 | 1.008334",
      })
  void costs(String fields, String whole, String real) {
    Wanted wanted = wanted(fields);

    assertThat(wanted.cost()).isEqualByComparingTo(whole);
    assertThat(wanted.costOfRealLength()).isEqualByComparingTo(real);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a':1                                               | 1280 | 720 | 121 | 5",
        "'aspect_ratio':'adaptive','duration':4              | 1280 | 720 | 97  | 4",
        "'aspect_ratio':'21:9','duration':15                 | 1470 | 630 | 361 | 15",
        "'aspect_ratio':'9:16','resolution':'480p'           | 496  | 864 | 121 | 5",
        "'aspect_ratio':'2:1','resolution':'480p'            | 864  | 496 | 121 | 5",
        "'duration':4.5                                      | 1280 | 720 | 109 | 4",
      })
  void asksForAClip(String fields, int width, int height, int frames, int reported) {
    Wanted wanted = wanted(fields);

    assertThat(wanted.size()).isEqualTo(new Wanted.Size(width, height));
    assertThat(wanted.frames()).isEqualTo(frames);
    assertThat(wanted.reportedSeconds()).isEqualTo(reported);
  }

  @Test
  void isSilentOnlyWhenAskedTo() {
    assertThat(wanted("'generate_audio':false").audio()).isFalse();
    assertThat(wanted("'generate_audio':null").audio()).isTrue();
  }

  private static Wanted wanted(String fields) {
    return Wanted.of(JsonReader.read(("{" + fields + "}").replace('\'', '"')).tree());
  }
}
