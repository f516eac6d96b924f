namespace Tidegate.Tests.Core.Resources.Providers;

/// <summary>Headers of kind Provider.</summary>
public sealed class ProviderRuleTests
{
    [Theory]
    [InlineData("vendor: fake\nheaders: { OpenAI-Organization: org-1, User-Agent: us }")]
    [InlineData("vendor: vllm\naddress: http://127.0.0.1:1\nheaders: { Authorization: 'Basic ${env:X}' }")]
    public void Headers_Good_HaveNoFindings(string spec) => RuleAssert.Finds("Provider", spec);

    [Theory]
    [InlineData("headers: { 'bad header': x }", "error bad_name spec.headers[\"bad header\"]")]
    [InlineData("headers: { Content-Length: '3' }", "error reserved_header spec.headers.Content-Length")]
    [InlineData("headers: { host: x }", "error reserved_header spec.headers.host")]
    [InlineData("headers: { Accept-Encoding: gzip }", "error reserved_header spec.headers.Accept-Encoding")]
    [InlineData("headers: { content-type: text/plain }", "error reserved_header spec.headers.content-type")]
    [InlineData("headers: { Authorization: '${env:X}' }\nkeys: [ { name: k, secret: '${env:X}' } ]", "error second_credential spec.headers.Authorization")]
    [InlineData("headers: { X-Org: \"a\\nb\" }", "error bad_header_value spec.headers.X-Org")]
    public void Headers_Bad_AreFound(string spec, string finding) => RuleAssert.Finds("Provider", "vendor: fake\n" + spec, finding);
}
