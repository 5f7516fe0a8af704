<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>There is no action {action} for a key.</source>
        <translation>단축키를 줄 동작이 없습니다: {action}</translation>
    </message>
    <message>
        <source>“{keys}” is no key.</source>
        <translation>키가 아닙니다: “{keys}”</translation>
    </message>
    <message>
        <source>“{keys}” is more than one key.</source>
        <translation>키를 하나만 쓸 수 있습니다: “{keys}”</translation>
    </message>
    <message>
        <source>{keys} is what a button of the reTerminal sends; take another key.</source>
        <translation>{keys} 키는 reTerminal 버튼이 씁니다. 다른 키를 고르십시오.</translation>
    </message>
    <message>
        <source>{keys} moves between the controls on the screen; take another key.</source>
        <translation>{keys} 키는 화면 안에서 이동할 때 씁니다. 다른 키를 고르십시오.</translation>
    </message>
    <message>
        <source>“{action}” has this key already; change that one first.</source>
        <translation>이미 “{action}”에서 쓰는 키입니다. 그 키를 먼저 바꾸십시오.</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>A part of the program failed and starts again: {reason}</source>
        <translation>프로그램 일부가 멈추어 다시 시작합니다: {reason}</translation>
    </message>
    <message>
        <source>A part of the program failed three times and stays stopped; start again: {reason}</source>
        <translation>프로그램 일부가 세 번 멈추어 중지했습니다. 프로그램을 다시 시작하십시오: {reason}</translation>
    </message>
    <message>
        <source>Kept as {name}</source>
        <translation>저장됨: {name}</translation>
    </message>
    <message>
        <source>Little room is left for snapshots: {mb} MB.</source>
        <translation>스냅숏을 저장할 공간이 얼마 남지 않았습니다: {mb} MB</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>화면 고정</translation>
    </message>
    <message>
        <source>steadied over {seconds} s</source>
        <translation>{seconds}초 동안 안정화</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>영상 없음</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>No source is open yet</source>
        <translation>아직 열린 영상원이 없습니다</translation>
    </message>
    <message>
        <source>{fps} pictures a second</source>
        <translation>초당 {fps}장</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>노출</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>감도</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>초점</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>조명</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Clockwise, for a camera that hangs on its side</source>
        <translation>시계 방향, 카메라를 옆으로 달았을 때</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>좌우 반전</translation>
    </message>
    <message>
        <source>Left and right exchanged</source>
        <translation>왼쪽과 오른쪽을 바꿉니다</translation>
    </message>
</context>
<context>
    <name>CardView</name>
    <message>
        <source>Here: {ms} ms for one tile ({runtime})</source>
        <translation>이 기기: 타일당 {ms} ms ({runtime})</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>이 모델 사용</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>측정 중지</translation>
    </message>
    <message>
        <source>Measure here</source>
        <translation>속도 측정</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>It has no card: its outputs were read from the file, its scores are not calibrated.</source>
        <translation>모델 카드가 없습니다. 출력은 파일에서 읽었고 점수는 보정되지 않았습니다.</translation>
    </message>
    <message>
        <source>It has no card: measure it to see what it tells apart.</source>
        <translation>모델 카드가 없습니다. 측정하면 무엇을 구분하는지 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Tells apart: {labels}</source>
        <translation>구분: {labels}</translation>
    </message>
    <message>
        <source>Size: {size}</source>
        <translation>크기: {size}</translation>
    </message>
    <message>
        <source>input {width} × {height} px</source>
        <translation>입력 {width} × {height} px</translation>
    </message>
    <message>
        <source>Held-out pictures: {found} % of the cracks found, {alarms} % false alarms</source>
        <translation>시험 사진: 균열 {found} % 검출, 오경보 {alarms} %</translation>
    </message>
    <message>
        <source>Being measured…</source>
        <translation>측정 중…</translation>
    </message>
    <message>
        <source>Here: {ms} ms for one tile ({runtime}, threads: {threads})</source>
        <translation>이 기기: 타일당 {ms} ms ({runtime}, 스레드 {threads}개)</translation>
    </message>
    <message>
        <source>Held-out pictures of</source>
        <translation>시험 사진 출처</translation>
    </message>
    <message>
        <source>Cracks found</source>
        <translation>균열 검출</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>오경보</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>한계</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>학습 자료</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>There is no picture to keep yet.</source>
        <translation>아직 저장할 영상이 없습니다.</translation>
    </message>
    <message>
        <source>Keeping …</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>No snapshot was kept yet; they go to {folder}.</source>
        <translation>아직 저장한 스냅숏이 없습니다. 저장 위치: {folder}</translation>
    </message>
    <message>
        <source>The snapshots are in {folder}.</source>
        <translation>스냅숏 위치: {folder}</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>In your pictures</source>
        <translation>내 사진 폴더 안</translation>
    </message>
    <message>
        <source>Takes a full path, from / on.</source>
        <translation>/로 시작하는 전체 경로를 적으십시오.</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>폴더가 아니라 파일입니다: {path}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>FrameView</name>
    <message>
        <source>Picture</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Zoom with plus and minus, move with the arrow keys, 0 shows all</source>
        <translation>더하기와 빼기로 확대와 축소, 화살표 키로 이동, 0은 전체 보기</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Snapshots and clips</source>
        <translation>스냅숏과 동영상</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Your own models</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>기록 파일</translation>
    </message>
    <message>
        <source>The last crash</source>
        <translation>마지막 비정상 종료</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>화면 보는 법</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>About</source>
        <translation>정보</translation>
    </message>
    <message>
        <source>the model sees a crack; the heat map shows where, thin lines go around it</source>
        <translation>모델이 균열을 찾았습니다. 히트맵이 위치를 보이고 가는 선이 둘레를 표시합니다</translation>
    </message>
    <message>
        <source>a surface without a crack</source>
        <translation>균열이 없는 표면입니다</translation>
    </message>
    <message>
        <source>no wall, road or other surface to be inspected</source>
        <translation>벽이나 도로 같은 점검할 표면이 아닙니다</translation>
    </message>
    <message>
        <source>The percentage tells how sure the model is of that word.</source>
        <translation>백분율은 그 판정을 모델이 얼마나 확신하는지 나타냅니다.</translation>
    </message>
    <message>
        <source>The heat map has the same colours for every picture: the scale is in the lower left corner.</source>
        <translation>히트맵의 색은 모든 영상에서 같은 값을 뜻합니다. 눈금은 왼쪽 아래에 있습니다.</translation>
    </message>
    <message>
        <source>Crop, two fingers, the wheel or a double tap look closer. The model sees what you see.</source>
        <translation>중앙 확대, 두 손가락, 휠, 두 번 두드리기로 더 가까이 봅니다. 모델도 화면에 보이는 만큼만 봅니다.</translation>
    </message>
    <message>
        <source>The graph shows pictures a second: taken, looked at and painted. Dropped ones were overtaken.</source>
        <translation>그래프는 초당 촬영, 분석, 표시한 영상 수입니다. 건너뜀은 더 새로운 영상에 밀린 수입니다.</translation>
    </message>
    <message>
        <source>Touch an action’s keys below and press another key to change them.</source>
        <translation>아래에서 동작의 키를 누른 뒤 새 키를 누르면 바뀝니다.</translation>
    </message>
    <message>
        <source>crackinspector {version}, Apache-2.0.
With Qt and PySide6 (LGPL-3.0), LiteRT and OpenCV (Apache-2.0), NumPy (BSD-3-Clause), pyqtgraph (MIT) and fonts under the SIL Open Font License.
It helps to find cracks and does not replace an inspection by an engineer.</source>
        <translation>crackinspector {version}, Apache-2.0.
Qt와 PySide6(LGPL-3.0), LiteRT와 OpenCV(Apache-2.0), NumPy(BSD-3-Clause), pyqtgraph(MIT), SIL Open Font License 글꼴을 씁니다.
균열을 찾는 데 도움을 주며, 기술자의 점검을 대신하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>reTerminal: button {button}</source>
        <translation>reTerminal {button} 버튼</translation>
    </message>
    <message>
        <source>Its own keys again</source>
        <translation>원래 키로</translation>
    </message>
    <message>
        <source>{action}: its own keys again</source>
        <translation>{action}: 원래 키로</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keyboard</source>
        <translation>키보드</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Capital letter</source>
        <translation>대문자</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>띄어쓰기</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Colours of the heat map, 0 to 100 %</source>
        <translation>히트맵 색, 0에서 100 %까지</translation>
    </message>
    <message>
        <source>Threshold {0} %</source>
        <translation>판정 기준 {0} %</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Model file</source>
        <translation>모델 파일</translation>
    </message>
    <message>
        <source>Models (*.tflite)</source>
        <translation>모델 (*.tflite)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Reading the cards…</source>
        <translation>모델 카드를 읽는 중…</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
</context>
<context>
    <name>OriginPlate</name>
    <message>
        <source>Source and model</source>
        <translation>영상원과 모델</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>판정 기준</translation>
    </message>
</context>
<context>
    <name>RateGraph</name>
    <message>
        <source>captured</source>
        <translation>촬영</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>초당 영상 수</translation>
    </message>
    <message>
        <source>frames/s</source>
        <translation>초당 영상</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>지연</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>기본값으로</translation>
    </message>
    <message>
        <source>{setting}: back to the default</source>
        <translation>{setting}: 기본값으로</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>All to defaults</source>
        <translation>모두 기본값으로</translation>
    </message>
    <message>
        <source>Source, model and shortcuts stay as they are</source>
        <translation>영상원, 모델, 단축키는 그대로 둡니다</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>구분</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>Too many snapshots at once: this one was not kept. Wait a moment.</source>
        <translation>스냅숏이 한꺼번에 너무 많아 이번 것은 저장하지 못했습니다. 잠시 기다리십시오.</translation>
    </message>
</context>
<context>
    <name>SourcesPage</name>
    <message>
        <source>Automatic: the first camera, else the demo wall</source>
        <translation>자동: 첫 카메라, 없으면 시연용 벽</translation>
    </message>
    <message>
        <source>An address starts with rtsp:// or http://, for example rtsp://192.168.0.9/stream.</source>
        <translation>주소는 rtsp:// 또는 http://로 시작합니다. 예: rtsp://192.168.0.9/stream</translation>
    </message>
    <message>
        <source>Picture or video</source>
        <translation>사진 또는 동영상</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>사진 폴더</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Picture or video…</source>
        <translation>사진·동영상…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Address, such as rtsp://…</source>
        <translation>주소, 예: rtsp://…</translation>
    </message>
    <message>
        <source>Address of a network camera</source>
        <translation>네트워크 카메라 주소</translation>
    </message>
</context>
<context>
    <name>StateChip</name>
    <message>
        <source>State of the source</source>
        <translation>영상원 상태</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Less</source>
        <translation>줄이기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>늘리기</translation>
    </message>
    <message>
        <source>Takes a whole number from {least} to {most}.</source>
        <translation>{least}에서 {most}까지의 정수를 적으십시오.</translation>
    </message>
    <message>
        <source>Takes a number from {least} to {most}.</source>
        <translation>{least}에서 {most}까지의 수를 적으십시오.</translation>
    </message>
</context>
<context>
    <name>Switch</name>
    <message>
        <source>On</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끔</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>CRACK</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>NO CRACK</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>NOT A SURFACE</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
</context>
<context>
    <name>ZoomChip</name>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>{0}×</source>
        <translation>{0}×</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Show where the model sees a crack</source>
        <translation>모델이 본 균열의 위치를 표시합니다</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>중앙 확대</translation>
    </message>
    <message>
        <source>Look at the middle of the picture only</source>
        <translation>영상의 가운데만 봅니다</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Keep this picture with its result</source>
        <translation>지금 영상을 결과와 함께 저장합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Leave this page, or the program</source>
        <translation>이 화면이나 프로그램을 닫습니다</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>화면 고정</translation>
    </message>
    <message>
        <source>Hold the picture still</source>
        <translation>영상을 멈추어 둡니다</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Record a video clip, from a few seconds ago</source>
        <translation>몇 초 전부터 동영상을 녹화합니다</translation>
    </message>
    <message>
        <source>More heat map</source>
        <translation>히트맵 진하게</translation>
    </message>
    <message>
        <source>Make the heat map stronger</source>
        <translation>히트맵을 더 진하게 합니다</translation>
    </message>
    <message>
        <source>Less heat map</source>
        <translation>히트맵 연하게</translation>
    </message>
    <message>
        <source>Make the heat map fainter</source>
        <translation>히트맵을 더 연하게 합니다</translation>
    </message>
    <message>
        <source>Threshold up</source>
        <translation>기준 높이기</translation>
    </message>
    <message>
        <source>Call fewer things a crack</source>
        <translation>더 확실한 것만 균열로 판정합니다</translation>
    </message>
    <message>
        <source>Threshold down</source>
        <translation>기준 낮추기</translation>
    </message>
    <message>
        <source>Call more things a crack</source>
        <translation>덜 확실한 것도 균열로 판정합니다</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>더 가까이 봅니다</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Look from farther away</source>
        <translation>더 멀리서 봅니다</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Look at the whole picture again</source>
        <translation>다시 영상 전체를 봅니다</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상표</translation>
    </message>
    <message>
        <source>Draw the heat map in the next colours</source>
        <translation>히트맵을 다음 색상표로 그립니다</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Dark, or sunlight for outdoors</source>
        <translation>어두운 화면, 또는 야외용 밝은 화면</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>화면 전체를 씁니다</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>Choose a camera, a file or a folder</source>
        <translation>카메라, 파일, 폴더를 고릅니다</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Choose what looks for cracks</source>
        <translation>균열을 찾을 모델을 고릅니다</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Change how it works</source>
        <translation>동작 방식을 바꿉니다</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>What is on the screen, and every key</source>
        <translation>화면 설명과 모든 단축키</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>스냅숏 폴더</translation>
    </message>
    <message>
        <source>Open the folder of snapshots and clips</source>
        <translation>스냅숏과 동영상이 있는 폴더를 엽니다</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>프로그램을 끝냅니다</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>나머지 기능</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Back to the live picture</source>
        <translation>실시간 영상으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 연결</translation>
    </message>
    <message>
        <source>Connect to the source again</source>
        <translation>영상원에 다시 연결합니다</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>Crack</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>No crack</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>Not a surface</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작 중</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>영상 멈춤</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Demo wall</source>
        <translation>시연용 벽</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>모델 불러오는 중</translation>
    </message>
    <message>
        <source>Model ready</source>
        <translation>모델 준비됨</translation>
    </message>
    <message>
        <source>Model failed</source>
        <translation>모델 오류</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Sees fine cracks; the one for most devices.</source>
        <translation>가는 균열까지 찾습니다. 대부분의 기기에 알맞습니다.</translation>
    </message>
    <message>
        <source>Coarser, with less than half the work: for slow devices.</source>
        <translation>덜 세밀하지만 연산이 절반도 안 됩니다. 느린 기기에 알맞습니다.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>auto, demo, picamera2, /dev/videoN, a file, a folder or an address</source>
        <translation>auto, demo, picamera2, /dev/videoN, 파일, 폴더 또는 주소</translation>
    </message>
    <message>
        <source>Width asked of a camera</source>
        <translation>카메라에 요청할 너비</translation>
    </message>
    <message>
        <source>Height asked of a camera</source>
        <translation>카메라에 요청할 높이</translation>
    </message>
    <message>
        <source>Pictures a second asked of a camera</source>
        <translation>카메라에 요청할 초당 영상 수</translation>
    </message>
    <message>
        <source>Start files again at their end</source>
        <translation>파일이 끝나면 다시 재생</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>a shipped model or a .tflite file</source>
        <translation>기본 제공 모델 또는 .tflite 파일</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드 수</translation>
    </message>
    <message>
        <source>0 measures which number is fastest</source>
        <translation>0이면 가장 빠른 수를 재어 정합니다</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Fine and full show hairlines, fast shows more pictures a second</source>
        <translation>정밀과 전체는 실금까지 보이고, 빠름은 초당 더 많이 봅니다</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>빠름</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>정밀</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>판정 기준</translation>
    </message>
    <message>
        <source>Steadying</source>
        <translation>판정 안정화</translation>
    </message>
    <message>
        <source>A longer time flickers less and answers later</source>
        <translation>길면 덜 깜박이지만 답이 늦어집니다</translation>
    </message>
    <message>
        <source>Most detections a second</source>
        <translation>초당 최대 판정 수</translation>
    </message>
    <message>
        <source>0 sets no limit</source>
        <translation>0이면 제한하지 않습니다</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상표</translation>
    </message>
    <message>
        <source>Outline cracks</source>
        <translation>균열 둘레 표시</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>눈금 표시</translation>
    </message>
    <message>
        <source>Rate graph</source>
        <translation>속도 그래프</translation>
    </message>
    <message>
        <source>Crack seen for</source>
        <translation>균열 지속 시간</translation>
    </message>
    <message>
        <source>Before it is an alarm</source>
        <translation>이만큼 보이면 경보로 봅니다</translation>
    </message>
    <message>
        <source>Pause between alarms</source>
        <translation>경보 사이 간격</translation>
    </message>
    <message>
        <source>Snapshot at an alarm</source>
        <translation>경보 때 스냅숏</translation>
    </message>
    <message>
        <source>Video clip at an alarm</source>
        <translation>경보 때 동영상</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Empty: crackinspector in your pictures</source>
        <translation>비우면 내 사진 폴더의 crackinspector</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <translation>JPEG 품질</translation>
    </message>
    <message>
        <source>Clip: pictures a second</source>
        <translation>동영상: 초당 영상 수</translation>
    </message>
    <message>
        <source>Clip: time before the start</source>
        <translation>동영상: 시작 전 시간</translation>
    </message>
    <message>
        <source>Clip: longest</source>
        <translation>동영상: 최대 길이</translation>
    </message>
    <message>
        <source>Clip: with heat map and label</source>
        <translation>동영상: 히트맵과 판정 포함</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어두움</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>햇빛</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Nothing glides or fades</source>
        <translation>미끄러지거나 흐려지는 효과를 끕니다</translation>
    </message>
    <message>
        <source>Size of buttons</source>
        <translation>버튼 크기</translation>
    </message>
    <message>
        <source>9 mm suits gloves</source>
        <translation>장갑을 끼면 9 mm가 알맞습니다</translation>
    </message>
    <message>
        <source>Pixels per inch of the screen</source>
        <translation>화면의 인치당 화소</translation>
    </message>
    <message>
        <source>0 asks the screen</source>
        <translation>0이면 화면에서 알아냅니다</translation>
    </message>
    <message>
        <source>reTerminal&apos;s buttons</source>
        <translation>reTerminal 버튼</translation>
    </message>
    <message>
        <source>The keys A, S, D, F act as F1, F2, F3 and O, except while text is typed</source>
        <translation>글자를 적을 때가 아니면 A, S, D, F 키가 F1, F2, F3, O로 동작합니다</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>화면 표시</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
</context>
</TS>
