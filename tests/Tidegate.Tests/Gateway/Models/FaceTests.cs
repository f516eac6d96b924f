using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Every face that is no conversation: what reaches the provider, in whose words, and what comes back.</summary>
public sealed class FaceTests
{
    private const string OpenAiVectors = """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1]}],"model":"m","usage":{"prompt_tokens":2,"total_tokens":2}}""";
    private const string GoogleVectors = """{"embeddings":[{"values":[0.5,-1]}]}""";
    private const string GoogleVector = """{"embedding":{"values":[0.5,-1]}}""";
    private const string OllamaVectors = """{"model":"m","embeddings":[[0.5,-1]],"prompt_eval_count":2}""";
    private const string CohereVectors = """{"id":"x","embeddings":{"float":[[0.5,-1]]},"texts":["hi"],"meta":{"billed_units":{"input_tokens":2}}}""";
    private const string OpenAiAsk = """{"model":"fast","input":"hi","dimensions":2}""";
    private const string GoogleAsk = """{"model":"models/fast","content":{"parts":[{"text":"hi"}]},"outputDimensionality":2}""";
    private const string GoogleBatch = """{"requests":[{"model":"models/fast","content":{"parts":[{"text":"hi"}]}}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai-compatible", "/v1/embeddings", OpenAiAsk, OpenAiVectors, "/v1/embeddings", """{"model":"m-p1","input":"hi","dimensions":2}""", "$.data[0].embedding")]
    [InlineData("gemini", "/v1/embeddings", OpenAiAsk, GoogleVectors, "/v1beta/models/m-p1:batchEmbedContents", """{"requests":[{"model":"models/m-p1","content":{"parts":[{"text":"hi"}]},"outputDimensionality":2}]}""", "$.data[0].embedding")]
    [InlineData("cohere", "/v1/embeddings", OpenAiAsk, OpenAiVectors, "/compatibility/v1/embeddings", """{"model":"m-p1","input":"hi","dimensions":2}""", "$.data[0].embedding")]
    [InlineData("ollama", "/v1/embeddings", OpenAiAsk, OpenAiVectors, "/v1/embeddings", """{"model":"m-p1","input":"hi","dimensions":2}""", "$.data[0].embedding")]
    [InlineData("bedrock", "/v1/embeddings", OpenAiAsk, """{"embedding":[0.5,-1],"inputTextTokenCount":2}""", "/model/m-p1/invoke", """{"inputText":"hi","dimensions":2}""", "$.data[0].embedding")]
    [InlineData("vertex", "/v1/embeddings", OpenAiAsk, """{"predictions":[{"embeddings":{"values":[0.5,-1],"statistics":{"token_count":2}}}]}""", "/v1/projects/proj/locations/eu-west-1/publishers/google/models/m-p1:predict", """{"instances":[{"content":"hi"}],"parameters":{"outputDimensionality":2}}""", "$.data[0].embedding")]
    [InlineData("azure", "/v1/embeddings", OpenAiAsk, OpenAiVectors, "/openai/deployments/m-p1/embeddings", """{"model":"m-p1","input":"hi","dimensions":2}""", "$.data[0].embedding")]
    [InlineData("gemini", "/v1beta/models/fast:embedContent", GoogleAsk, GoogleVector, "/v1beta/models/m-p1:embedContent", """{"model":"models/m-p1","content":{"parts":[{"text":"hi"}]},"outputDimensionality":2}""", "$.embedding.values")]
    [InlineData("gemini", "/v1beta/models/fast:batchEmbedContents", GoogleBatch, GoogleVectors, "/v1beta/models/m-p1:batchEmbedContents", """{"requests":[{"model":"models/m-p1","content":{"parts":[{"text":"hi"}]}}]}""", "$.embeddings[0].values")]
    [InlineData("openai-compatible", "/v1beta/models/fast:embedContent", GoogleAsk, OpenAiVectors, "/v1/embeddings", """{"model":"m-p1","input":["hi"],"dimensions":2}""", "$.embedding.values")]
    [InlineData("cohere", "/v1beta/models/fast:batchEmbedContents", GoogleBatch, CohereVectors, "/v2/embed", """{"model":"m-p1","input_type":"search_document","embedding_types":["float"],"texts":["hi"]}""", "$.embeddings[0].values")]
    [InlineData("ollama", "/api/embed", """{"model":"fast","input":["hi"]}""", OllamaVectors, "/api/embed", """{"model":"m-p1","input":["hi"]}""", "$.embeddings[0]")]
    [InlineData("openai-compatible", "/api/embed", """{"model":"fast","input":"hi","keep_alive":"5m"}""", OpenAiVectors, "/v1/embeddings", """{"model":"m-p1","input":["hi"]}""", "$.embeddings[0]")]
    [InlineData("gemini", "/api/embeddings", """{"model":"fast","prompt":"hi"}""", GoogleVectors, "/v1beta/models/m-p1:batchEmbedContents", """{"requests":[{"model":"models/m-p1","content":{"parts":[{"text":"hi"}]}}]}""", "$.embedding")]
    [InlineData("ollama", "/v1beta/models/fast:embedContent", GoogleAsk, OllamaVectors, "/api/embed", """{"model":"m-p1","input":["hi"],"dimensions":2}""", "$.embedding.values")]
    public async Task Embeddings_FromAnyFace_ReachAnyProvider(string vendor, string path, string ask, string answer, string expectedPath, string expectedBody, string vectorAt)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, answer));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, body) = await gateway.AskAsync(ask, path);

        Assert.True(status == 200, body);
        Assert.Equal((expectedPath, expectedBody), (upstream.Paths[0], upstream.Bodies[0]));
        Assert.Equal("[0.5,-1]", At(body, vectorAt));
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Embeddings_AsBase64_OfAProviderThatHasNumbers()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, GoogleVectors));
        await using var gateway = await StartAsync("gemini", upstream);

        var (_, body) = await gateway.AskAsync("""{"model":"fast","input":["hi"],"encoding_format":"base64"}""", "/v1/embeddings");

        var bytes = Convert.FromBase64String(JsonNode.Parse(body)!["data"]![0]!["embedding"]!.GetValue<string>());
        Assert.Equal((0.5f, -1f), (BitConverter.ToSingle(bytes), BitConverter.ToSingle(bytes, 4)));
    }

    [Fact]
    public async Task Embeddings_FewerThanAskedFor_AreNoAnswer()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, GoogleVectors));
        await using var gateway = await StartAsync("gemini", upstream);

        Assert.Equal(502, (await gateway.AskAsync("""{"model":"fast","input":["hi","you"]}""", "/v1/embeddings")).Status);
    }

    [Theory]
    [InlineData("anthropic", "/v1/embeddings", OpenAiAsk)]
    [InlineData("anthropic", "/v1/moderations", """{"model":"fast","input":"hi"}""")]
    [InlineData("gemini", "/v1/rerank", """{"model":"fast","query":"q","documents":["a"]}""")]
    [InlineData("bedrock", "/v1/images/generations", """{"model":"fast","prompt":"a"}""")]
    public async Task WhatNoProviderOfTheModelHas_Is400_AndNobodyIsAsked(string vendor, string path, string ask)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, body) = await gateway.AskAsync(ask, path);

        Assert.Equal(400, status);
        Assert.Contains("none of its providers has this operation", body, StringComparison.Ordinal);
        Assert.Equal(0, upstream.Calls);
    }

    [Fact]
    public async Task Completions_PassToAProviderThatHasThem_StreamsToo()
    {
        const string First = "data: {\"id\":\"c\",\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"Hel\",\"finish_reason\":null}]}\n\n";
        const string Last = "data: {\"id\":\"c\",\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"lo\",\"finish_reason\":\"stop\"}]}\n\n";
        await using var upstream = await ChatUpstream.StartAsync(Streams(First, Gate, Last, Done));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","prompt":"x","stream":true,"echo":true}""", "/v1/completions");
        upstream.Seen.SetResult(); // headers came before the rest: the first text was passed on at once

        Assert.Equal(First + Last + Done, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("""{"model":"m-p1","prompt":"x","stream":true,"echo":true}""", upstream.Bodies[0]);
    }

    [Fact]
    public async Task Completions_OfAProviderThatHasNone_AreAConversation()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}"""));
        await using var gateway = await StartAsync("anthropic", upstream);

        var (status, body) = await gateway.AskAsync("""{"model":"fast","prompt":"x","max_tokens":5}""", "/v1/completions");

        Assert.True(status == 200, body);
        Assert.Equal("Hello", JsonNode.Parse(body)!["choices"]![0]!["text"]!.GetValue<string>());
        Assert.Equal("/v1/messages", upstream.Paths[0]);
    }

    [Fact]
    public async Task Generate_OfOllama_ReachesOthers()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Hello"));
        await using var gateway = await StartAsync(upstream);

        var (_, whole) = await gateway.AskAsync("""{"model":"fast","prompt":"x","stream":false}""", "/api/generate");
        var (_, lines) = await gateway.AskAsync("""{"model":"fast","prompt":"x"}""", "/api/generate");

        Assert.Equal("Hello", JsonNode.Parse(whole)!["response"]!.GetValue<string>());
        Assert.Contains("\"response\":\"Hello\"", lines, StringComparison.Ordinal);
        Assert.True(JsonNode.Parse(lines.Trim().Split('\n')[^1])!["done"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("openai-compatible", "/v1/rerank", "/v1/rerank")]
    [InlineData("cohere", "/v1/rerank", "/v2/rerank")]
    [InlineData("cohere", "/v2/rerank", "/v2/rerank")]
    public async Task Rerank_ReachesThoseThatHaveIt(string vendor, string path, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"r","results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}],"meta":{"billed_units":{"search_units":1}}}"""));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, body) = await gateway.AskAsync("""{"model":"fast","query":"q","documents":["a","b"],"top_n":2}""", path);

        Assert.True(status == 200, body);
        Assert.Equal(expected, upstream.Paths[0]);
        Assert.Equal("""{"model":"m-p1","query":"q","documents":["a","b"],"top_n":2}""", upstream.Bodies[0]);
        Assert.Equal("1", At(body, "$.results[0].index"));
    }

    [Theory]
    [InlineData("anthropic", "/v1/messages/count_tokens", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", """{"input_tokens":11}""", "/v1/messages/count_tokens", "$.input_tokens")]
    [InlineData("gemini", "/v1beta/models/fast:countTokens", """{"contents":[{"parts":[{"text":"hi"}]}]}""", """{"totalTokens":11}""", "/v1beta/models/m-p1:countTokens", "$.totalTokens")]
    [InlineData("gemini", "/v1/messages/count_tokens", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", """{"totalTokens":11}""", "/v1beta/models/m-p1:countTokens", "$.input_tokens")]
    [InlineData("anthropic", "/v1beta/models/fast:countTokens", """{"generateContentRequest":{"model":"models/fast","contents":[{"parts":[{"text":"hi"}]}]}}""", """{"input_tokens":11}""", "/v1/messages/count_tokens", "$.totalTokens")]
    public async Task CountTokens_IsAskedFromTheProvider(string vendor, string path, string ask, string answer, string expected, string at)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, answer));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, body) = await gateway.AskAsync(ask, path);

        Assert.True(status == 200, body);
        Assert.Equal("11", At(body, at));
        Assert.Equal(expected, upstream.Paths[0]);
        Assert.DoesNotContain("fast", upstream.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountTokens_ThatNoProviderCounts_AreEstimated_AndSaidToBe()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync($$"""{"model":"fast","system":"s","messages":[{"role":"user","content":"{{string.Join(' ', Enumerable.Repeat("tide", 100))}}"}]}""", "/v1/messages/count_tokens");

        Assert.Equal("estimated", answer.Headers.GetValues("X-Tidegate-Tokens").Single());
        Assert.InRange(int.Parse(At(await answer.Content.ReadAsStringAsync(Cancel), "$.input_tokens"), CultureInfo.InvariantCulture), 101, 110); // by the tokenizer: four bytes a token would be 125
        Assert.Equal(0, upstream.Calls);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
        Assert.Equal(400, (await gateway.AskAsync("""{"model":"fast","messages":7}""", "/v1/messages/count_tokens")).Status);
    }

    [Theory]
    [InlineData("/v1/audio/transcriptions")]
    [InlineData("/v1/audio/translations")]
    [InlineData("/v1/images/edits")]
    public async Task Forms_PassWithTheModelReplaced(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"text":"hello","data":[]}"""));
        await using var gateway = await StartAsync(upstream);
        using var form = new MultipartFormDataContent("b0undary")
        {
            { new ByteArrayContent("RIFF\r\n--b0undar not the end\0"u8.ToArray()), "file", "a.wav" }, { new StringContent("fast"), "model" }, { new StringContent("de"), "language" },
        };
        var sent = (await form.ReadAsStringAsync(Cancel)).Replace("fast", "m-p1", StringComparison.Ordinal);

        using var answer = await gateway.SendAsync(HttpMethod.Post, path, null, form);

        Assert.Equal("""{"text":"hello","data":[]}""", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal((sent, path), (upstream.Bodies[0], upstream.Paths[0]));
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("text/plain", "x", 400)]
    [InlineData("multipart/form-data", "x", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nfast", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b--", 400)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nfats\r\n--b--\r\n", 404)]
    public async Task Transcription_BadForms_AreToldInTheDialect(string type, string body, int status)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/audio/transcriptions", null, new StringContent(body, Encoding.UTF8) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } });

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(At(await answer.Content.ReadAsStringAsync(Cancel), "$.error.message"));
        Assert.Equal(0, upstream.Calls);
    }

    [Fact]
    public async Task Speech_PassesAsItComes()
    {
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "audio/mpeg";
            await context.Response.Body.WriteAsync((byte[])[1, 0, 255], Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await ((ChatUpstream)context.Items["upstream"]!).Seen.Task.WaitAsync(Cancel);
            await context.Response.Body.WriteAsync((byte[])[7], Cancel);
        });
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","input":"hi","voice":"alloy"}""", "/v1/audio/speech");
        upstream.Seen.SetResult();

        Assert.Equal("audio/mpeg", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal([1, 0, 255, 7], await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Speech_ThatBreaksOff_BreaksTheCallersConnection()
    {
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "audio/mpeg";
            await context.Response.Body.WriteAsync((byte[])[1], Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await ((ChatUpstream)context.Items["upstream"]!).Seen.Task.WaitAsync(Cancel);
            context.Abort();
        });
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","input":"hi","voice":"alloy"}""", "/v1/audio/speech");
        upstream.Seen.SetResult();

        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("/v1/images/generations", """{"model":"fast","prompt":"a tide"}""", """{"created":1,"data":[{"b64_json":"AA=="}]}""")]
    [InlineData("/v1/moderations", """{"model":"fast","input":"x"}""", """{"id":"m","model":"m","results":[{"flagged":false}]}""")]
    public async Task Images_AndModerations_Pass(string path, string ask, string answer)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, answer));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal((200, answer), await gateway.AskAsync(ask, path));
        Assert.Equal((path, ask.Replace("fast", "m-p1", StringComparison.Ordinal)), (upstream.Paths[0], upstream.Bodies[0]));
    }

    [Theory]
    [InlineData("openai-compatible", "/v1/chat/completions", """{"model":"m-p1","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("azure", "/openai/deployments/m-p1/chat/completions", """{"model":"m-p1","messages":[{"role":"user","content":"hi"}]}""")]
    public async Task AzuresPaths_HaveNoModelInTheBody_AndOthersGetOne(string vendor, string expected, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(vendor, upstream);

        Assert.Equal(200, (await gateway.AskAsync("""{"messages":[{"role":"user","content":"hi"}]}""", "/openai/deployments/fast/chat/completions?api-version=2024-10-21")).Status);
        Assert.Equal((expected, body), (upstream.Paths[0], upstream.Bodies[0]));
    }

    [Theory]
    [InlineData("embeddings", """{"input":"hi"}""", OpenAiVectors)]
    [InlineData("images/generations", """{"prompt":"hi"}""", """{"data":[]}""")]
    [InlineData("completions", """{"prompt":"hi"}""", """{"id":"c","choices":[{"index":0,"text":"x","finish_reason":"stop"}]}""")]
    public async Task AzuresPaths_OfOtherOperations(string operation, string ask, string answer)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, answer));
        await using var gateway = await StartAsync("azure", upstream);

        Assert.Equal((200, answer), await gateway.AskAsync(ask, $"/openai/deployments/fast/{operation}?api-version=2024-10-21"));
        Assert.Equal($"/openai/deployments/m-p1/{operation}", upstream.Paths[0]);
    }

    [Fact]
    public async Task FieldsThatALookAlikeRefuses_AreRenamedOrLeftOut_AndNothingElse()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync("mistral", upstream);

        Assert.Equal(200, (await gateway.AskAsync("""{ "seed": 7, "model":"fast", "stream_options":{"include_usage":true},"safe_prompt":true, "max_completion_tokens":5 ,"messages":[{"role":"user","content":"seed"}]}""")).Status);
        Assert.Equal(200, (await gateway.AskAsync("""{"max_completion_tokens":5,"max_tokens":6,"model":"fast","messages":[]}""")).Status);

        Assert.Equal("""{"random_seed":7,"model":"m-p1","safe_prompt":true,"max_tokens":5,"messages":[{"role":"user","content":"seed"}]}""", upstream.Bodies[0]);
        Assert.Equal("""{"max_tokens":6,"model":"m-p1","messages":[]}""", upstream.Bodies[1]);
    }

    [Theory]
    [InlineData("""{"object":"error","message":"Invalid model: m","type":"invalid_model","param":null,"code":"1500"}""", "Invalid model: m")]
    [InlineData("""{"detail":"Unprocessable"}""", "Unprocessable")]
    [InlineData("<html><title>400 Bad Request</title></html>", "400 Bad Request")]
    [InlineData("{\"error\":", "error")]
    [InlineData("", "400")]
    public async Task ErrorsOfLookAlikes_OutsideTheEnvelope_AreToldInside(string answer, string told)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(400, answer));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(400, status);
        Assert.Contains(told, At(body, "$.error.message"), StringComparison.Ordinal);
    }

    // "$.a[0].b", enough of JSON paths for here.
    private static string At(string body, string path)
    {
        var node = JsonNode.Parse(body);
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')[1..])
            node = int.TryParse(step, CultureInfo.InvariantCulture, out var index) ? node![index] : node![step];
        return node!.ToJsonString();
    }
}
