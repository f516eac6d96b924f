namespace Tidegate.Tests.Core.Resources.Guardrails;

/// <summary>One line per rule of kind Guardrail.</summary>
public sealed class GuardrailRuleTests
{
    [Theory]
    [InlineData("detect: [{ type: email, action: tokenise }, { type: regex, name: ticket, pattern: 'TCK-[0-9]+', maxLength: 10 }, { type: keyword, words: [heron] }, { type: jsonPath, path: '$.metadata.user_id' }]")]
    [InlineData("maxRequestLength: 10")]
    [InlineData("checkSchema: true")]
    [InlineData("webhooks: [{ url: 'https://guard.internal/check?v=1' }, { name: second, url: 'http://127.0.0.1:9', on: both, deadline: 1m, onFailure: allow, original: true, secret: '${env:S}', headers: { Authorization: 'Bearer ${env:T}' } }]")]
    public void Specification_Good_HasNoFindings(string spec) => RuleAssert.Finds("Guardrail", spec);

    [Theory]
    [InlineData("maxHold: 100", "warning empty_guardrail spec.detect")]
    [InlineData("detect: [{ type: email, name: 'E-Mail' }]", "error bad_name spec.detect[0].name")]
    [InlineData("detect: [{ type: regex }]", "error missing spec.detect[0].pattern")]
    [InlineData("detect: [{ type: regex, pattern: '(' }]", "error bad_regex spec.detect[0].pattern")]
    [InlineData("detect: [{ type: regex, pattern: '(?<=a)b' }]", "error bad_regex spec.detect[0].pattern")]
    [InlineData("detect: [{ type: regex, pattern: 'a*' }]", "error bad_regex spec.detect[0].pattern")]
    [InlineData("detect: [{ type: regex, pattern: a, maxLength: 100 }]\nmaxHold: 64", "error too_long spec.detect[0].maxLength")]
    [InlineData("detect: [{ type: keyword, words: [' '] }]", "error missing spec.detect[0].words")]
    [InlineData("detect: [{ type: jsonPath, path: metadata }]", "error missing spec.detect[0].path")]
    [InlineData("detect: [{ type: promptInjection, on: answer }]", "error never_found spec.detect[0].on")]
    [InlineData("detect: [{ type: email, action: tokenise, on: answer }]", "warning never_restored spec.detect[0].action")]
    [InlineData("detect: [{ type: email, action: flag, replacement: x }]", "warning unused spec.detect[0].replacement")]
    [InlineData("detect: [{ type: email, words: [x] }]", "warning unused spec.detect[0].words")]
    [InlineData("webhooks: [{ name: policy }]", "error missing_key spec.webhooks[0].url")]
    [InlineData("webhooks: [{ url: 'ftp://guard/check' }]", "error bad_url spec.webhooks[0].url")]
    [InlineData("webhooks: [{ url: 'http://me:secret@guard/check' }]", "error bad_url spec.webhooks[0].url")]
    [InlineData("webhooks: [{ url: 'http://guard', name: A }]", "error bad_name spec.webhooks[0].name")]
    [InlineData("webhooks: [{ url: 'http://guard' }, { url: 'http://other' }]", "error duplicate spec.webhooks[1].name")]
    [InlineData("webhooks: [{ url: 'http://guard', deadline: 1ms }]", "error out_of_range spec.webhooks[0].deadline")]
    [InlineData("webhooks: [{ url: 'http://guard', onFailure: shrug }]", "error bad_word spec.webhooks[0].onFailure")]
    [InlineData("webhooks: [{ url: 'http://guard', secret: plain }]", "warning plain_secret spec.webhooks[0].secret")]
    public void Specification_Bad_IsFound(string spec, string finding) => RuleAssert.Finds("Guardrail", spec, finding);
}
