using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats;

/// <summary>The streams of OpenAI's two formats: read, cut, and written again.</summary>
public sealed class OpenAiStreamFixtureTests
{
    private static readonly OpenAiChatFormat Chat = new();
    private static readonly OpenAiResponsesFormat Responses = new();

    public static TheoryData<string> Fixtures => [.. All("OpenAiChat/streams"), .. All("OpenAiResponses/streams")];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_Fixture_GivesItsEvents(string name)
    {
        var (events, _) = Streams.Read(Target(name), Fixture.Bytes($"{name}.sse"));

        Fixture.Same($"{name}.events.txt", Dump.Lines(events));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_CutAnywhere_GivesTheSameEvents(string name)
    {
        var bytes = Fixture.Bytes($"{name}.sse");
        var whole = Streams.Read(Target(name), bytes);
        var expected = Dump.Lines(whole.Events);

        for (var at = 0; at <= bytes.Length; at += Target(name) == Chat ? 1 : 3) // those of responses are long
        {
            var (events, skipped) = Streams.Read(Target(name), bytes[..at], bytes[at..]);
            Assert.Equal(expected, Dump.Lines(events));
            Assert.Equal(whole.Skipped, skipped);
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Write_WhatWasRead_SaysTheSameAgain(string name)
    {
        var (events, _) = Streams.Read(Target(name), Fixture.Bytes($"{name}.sse"));

        var (again, skipped) = Streams.Read(Target(name), Encoding.UTF8.GetBytes(Streams.Write(Face(name), events)));

        Assert.Equal(0, skipped);
        Assert.Equal(Told(name, events), Told(name, again));
        Assert.Equal(events.Any(e => e is Failed), again.Any(e => e is Failed));
    }

    // A caller is told its own name of the model; the id of a chat may come too late to be told.
    private static string Told(string name, List<ChatEvent> events) =>
        Dump.Of(Streams.Answer(events) is var answer && Target(name) == Chat ? answer with { Id = "", Model = "" } : answer with { Model = "" });

    private static IEnumerable<string> All(string folder) => Fixture.Names(folder, ".sse").Select(r => $"{folder}/{r.Data}");

    private static ITargetFormat Target(string name) => name.StartsWith("OpenAiChat", StringComparison.Ordinal) ? Chat : Responses;

    private static IFaceFormat Face(string name) => (IFaceFormat)Target(name);
}
